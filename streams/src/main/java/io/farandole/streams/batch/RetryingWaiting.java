package io.farandole.streams.batch;

import java.util.List;

/**
 * Tries again what was put aside and is due, by the same fold, past the inbox: what waits for
 * something that was not there, and what was redriven.
 */
public final class RetryingWaiting {

    private final PreparedProcessor prepared;
    private final List<BatchTransaction<?>> transactions;

    RetryingWaiting(PreparedProcessor prepared, List<BatchTransaction<?>> transactions) {
        this.prepared = prepared;
        this.transactions = List.copyOf(transactions);
    }

    /**
     * Folds the messages that are due.
     *
     * @param most how many of each source
     * @return what became of them; its {@code waiting} are those that wait on
     */
    public Receipt retryDue(int most, int worker) {
        Receipt all = Receipt.NOTHING;
        for (BatchTransaction<?> transaction : transactions) {
            all = all.plus(transaction.retryWaiting(most, worker));
        }
        return all;
    }

    @Override
    public String toString() {
        return "waiting messages of " + prepared.processor().name();
    }
}
