/** A program of somebody else's. */
@NullMarked
package io.farandole.benchmarks.producer;

import org.jspecify.annotations.NullMarked;
