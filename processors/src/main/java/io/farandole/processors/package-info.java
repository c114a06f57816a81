/** The processors as one service: each is a package of its own, and none knows another. */
@NullMarked
package io.farandole.processors;

import org.jspecify.annotations.NullMarked;
