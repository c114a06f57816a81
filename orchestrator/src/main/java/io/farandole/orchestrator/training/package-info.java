/** Asks for a model, as an event: whoever cuts data sets hears it and begins. */
@NullMarked
package io.farandole.orchestrator.training;

import org.jspecify.annotations.NullMarked;
