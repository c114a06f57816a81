/**
 * Who watches: provisions what the catalogue lists, keeps the ledger's books, and conducts nobody.
 */
@NullMarked
package io.farandole.orchestrator;

import org.jspecify.annotations.NullMarked;
