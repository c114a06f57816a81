/** What happens on a disk that is full, really. */
@NullMarked
package io.farandole.streams.filling;

import org.jspecify.annotations.NullMarked;
