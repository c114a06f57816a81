package io.farandole.gateway.offers;

import io.r2dbc.spi.Readable;
import java.util.Objects;

/**
 * An offer as it was read, and by what it is known whether it still is so: the transactions that
 * wrote its row and its item's last.
 */
record ReadOffer(OfferFacts facts, Written written) {

    /**
     * Which rows they were. Every writing of a row, of whatever in it, makes {@code xmin} another.
     *
     * @param generation the catalogue's
     * @param offer the transaction that wrote the offer's row
     * @param item that of its item's row
     */
    record Written(int generation, long offer, long item) {

        /** Of {@code catalogue.offers} as {@code o}, with the items as {@code i}. */
        static final String COLUMNS =
                """
                o.generation as generation,
                o.xmin::text::bigint as offer_written,
                i.xmin::text::bigint as item_written
                """;

        static Written in(Readable row) {
            return new Written(
                    Objects.requireNonNull(row.get("generation", Integer.class)),
                    Objects.requireNonNull(row.get("offer_written", Long.class)),
                    Objects.requireNonNull(row.get("item_written", Long.class)));
        }
    }
}
