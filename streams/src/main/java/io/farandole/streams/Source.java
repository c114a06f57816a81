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
 */
public record Source<E extends Event>(
        Topic<E> topic,
        String stepNames,
        UnaryOperator<Stepped<E>> steps,
        Declaring<E> rows,
        Fold<E> fold,
        @Nullable Settling<E> settling,
        boolean freshReferences) {

    public static <E extends Event> Source<E> of(Topic<E> topic, Declaring<E> rows, Fold<E> fold) {
        return new Source<>(topic, "", UnaryOperator.identity(), rows, fold, null, false);
    }

    /** The same, after these stateless steps. */
    public Source<E> through(String names, UnaryOperator<Stepped<E>> composed) {
        return new Source<>(topic, names, composed, rows, fold, settling, freshReferences);
    }

    public Source<E> settledBy(Settling<E> once) {
        return new Source<>(topic, stepNames, steps, rows, fold, once, freshReferences);
    }

    public Source<E> withFreshReferences() {
        return new Source<>(topic, stepNames, steps, rows, fold, settling, true);
    }
}
