/** The API under load: how many it answers, how fast, how fresh, and what it takes. */
@NullMarked
package io.farandole.benchmarks.api;

import org.jspecify.annotations.NullMarked;
