/** Several instances over a long time, with every hardship that they may meet. */
@NullMarked
package io.farandole.streams.soaking;

import org.jspecify.annotations.NullMarked;
