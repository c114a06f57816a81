/** What the steps of a model's life have in common; they know each other by events alone. */
@NullMarked
package io.farandole.processors.steps;

import org.jspecify.annotations.NullMarked;
