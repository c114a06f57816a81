package io.farandole.streams.batch;

import io.farandole.streams.Reference;
import org.jspecify.annotations.Nullable;

/** A reference's currency, asked once. */
final class Currency {

    private final Reference<?> reference;
    private int rows;
    private @Nullable String answer;

    Currency(Reference<?> reference) {
        this.reference = reference;
    }

    void ask(RoundTrip roundTrip) {
        String query = reference.currency();
        if (query != null) {
            roundTrip.read(
                    row -> {
                        rows++;
                        answer = row.getString(1);
                    },
                    query);
        }
    }

    /** Null also where the reference has no currency. */
    @Nullable String answer() {
        if (reference.currency() != null && rows != 1) {
            throw new InfrastructureTrouble(
                    "the currency of reference "
                            + reference.name()
                            + " is a query of one row, but gave "
                            + rows,
                    null);
        }
        return answer;
    }
}
