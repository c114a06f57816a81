package io.farandole.streams.batch;

import io.farandole.streams.MessageFault;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a batch in one transaction, and finds the message that no transaction takes: the batch is
 * halved until it stands alone.
 *
 * @param attempt applies what it is given in one transaction
 * @param burial puts one message aside, in a transaction of its own
 */
record Isolating<T>(Attempt<T> attempt, Burial<T> burial) {

    private static final Logger log = LoggerFactory.getLogger(Isolating.class);

    /** One transaction. */
    @FunctionalInterface
    interface Attempt<T> {
        Receipt apply(List<T> batch) throws SQLException;
    }

    /** One transaction, for what cannot be applied. */
    @FunctionalInterface
    interface Burial<T> {
        Receipt bury(T poisonous, Throwable failure) throws SQLException;
    }

    Receipt apply(List<T> batch) {
        if (batch.isEmpty()) {
            return Receipt.NOTHING;
        }
        try {
            return Patience.whileContended("trying a batch", () -> attempt.apply(batch));
        } catch (SQLException | RuntimeException | Error e) {
            if (Trouble.of(MessageFault.of(e)) != Trouble.MESSAGE) {
                throw InfrastructureTrouble.of("applying a batch", e);
            }
            return batch.size() == 1 ? putAside(batch.getFirst(), e) : halved(batch, e);
        }
    }

    private Receipt halved(List<T> batch, Throwable failure) {
        log.debug("Halving a batch of {} that cannot be stored", batch.size(), failure);
        int half = batch.size() / 2;
        return apply(batch.subList(0, half)).plus(apply(batch.subList(half, batch.size())));
    }

    private Receipt putAside(T poisonous, Throwable failure) {
        try {
            return Patience.whileContended("trying a batch", () -> burial.bury(poisonous, failure));
        } catch (SQLException | RuntimeException e) {
            e.addSuppressed(failure);
            throw InfrastructureTrouble.of("dead-lettering a message", e);
        }
    }
}
