/** An instance that ends, or loses its database, at a chosen point; and faults planted in one. */
@NullMarked
package io.farandole.streams.crashing;

import org.jspecify.annotations.NullMarked;
