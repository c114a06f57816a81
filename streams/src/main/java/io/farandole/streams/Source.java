package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Topic;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One topic that a processor reads, and what it does with its messages: stateless steps, then a
 * fold over the rows that each message declares, then, once a subject and micro-batch, a settling.
 *
 * @param stepNames the steps as named in the function catalogue, {@code validate|clean}; empty for
 *     none
 * @param freshReferences whether references must have been loaded after the message was published
 * @param keepsOrder whether a message that fails or waits holds back the later ones of its key
 * @param joining what its messages are joined with; null for nothing
 */
public record Source<E extends Event>(
        Topic<E> topic,
        String stepNames,
        UnaryOperator<Stepped<E>> steps,
        Declaring<E> rows,
        Fold<E> fold,
        @Nullable Settling<E> settling,
        boolean freshReferences,
        boolean keepsOrder,
        @Nullable Joining joining) {

    public static <E extends Event> Source<E> of(Topic<E> topic, Declaring<E> rows, Fold<E> fold) {
        return new Source<>(
                topic, "", UnaryOperator.identity(), rows, fold, null, false, false, null);
    }

    /** The same, after these stateless steps. */
    public Source<E> through(String names, UnaryOperator<Stepped<E>> composed) {
        return new Source<>(
                topic, names, composed, rows, fold, settling, freshReferences, keepsOrder, joining);
    }

    public Source<E> settledBy(Settling<E> once) {
        return new Source<>(
                topic, stepNames, steps, rows, fold, once, freshReferences, keepsOrder, joining);
    }

    /** The same where nothing is settled. */
    public Source<E> unsettled() {
        return new Source<>(
                topic, stepNames, steps, rows, fold, null, freshReferences, keepsOrder, joining);
    }

    public Source<E> withFreshReferences() {
        return new Source<>(
                topic, stepNames, steps, rows, fold, settling, true, keepsOrder, joining);
    }

    /**
     * The same, for a fold that does not commute: when a message fails or has to wait, its key is
     * parked, and later messages of that key are put aside behind it, in order, until it is
     * applied. What is refused for good (no event, rejected, late) parks nothing. It costs two
     * statements a batch, and freshness: where a fold commutes, leave it out.
     */
    public Source<E> keepingOrder() {
        return new Source<>(
                topic, stepNames, steps, rows, fold, settling, freshReferences, true, joining);
    }

    /** The same, described as joined with this. */
    public Source<E> joinedWith(Joining what) {
        return new Source<>(
                topic, stepNames, steps, rows, fold, settling, freshReferences, keepsOrder, what);
    }
}
