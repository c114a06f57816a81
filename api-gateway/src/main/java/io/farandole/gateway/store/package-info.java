/** How the read models in Postgres are reached, and what happens when they are not. */
@NullMarked
package io.farandole.gateway.store;

import org.jspecify.annotations.NullMarked;
