/** The table in which the API keeps what the broker could not be told: made here, used there. */
@NullMarked
package io.farandole.orchestrator.outbox;

import org.jspecify.annotations.NullMarked;
