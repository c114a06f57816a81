/**
 * The books: what was published, counted in the broker's journal, against what each processor says
 * became of it, from the rows that it wrote in its own transactions. Neither count knows the other.
 */
@NullMarked
package io.farandole.orchestrator.ledger;

import org.jspecify.annotations.NullMarked;
