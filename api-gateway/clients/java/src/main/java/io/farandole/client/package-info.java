/** The API for Java: one interface, and what its answers look like. */
@NullMarked
package io.farandole.client;

import org.jspecify.annotations.NullMarked;
