/** Who may ask. */
@NullMarked
package io.farandole.gateway.access;

import org.jspecify.annotations.NullMarked;
