package io.farandole.streams.testing;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.Entrusted;
import io.farandole.streams.Processor;
import io.farandole.streams.Saying;
import io.farandole.streams.Voice;
import io.farandole.streams.Work;
import io.farandole.streams.endurance.Reasons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Long work as a driver queues and performs it. */
final class WorkTable {

    private final List<One<?>> queue = new ArrayList<>();

    private record One<E extends Event>(
            Work<E> work, Message<E> message, int attempts, @Nullable Throwable lastFailure) {

        One<E> failed(Throwable failure) {
            return new One<>(work, message, attempts + 1, failure);
        }

        String reason() {
            return lastFailure == null ? "" : Reasons.of(lastFailure);
        }
    }

    void queue(Entrusted entrusted) {
        queue.add(one(entrusted.work(), entrusted.input()));
    }

    List<QueuedWork> queued() {
        return queue.stream()
                .map(
                        one ->
                                new QueuedWork(
                                        one.work.name(),
                                        one.message,
                                        one.attempts,
                                        one.lastFailure))
                .toList();
    }

    /**
     * @param ended when it came to its end; null for the time of each message
     */
    void perform(Processor processor, Spoken spoken, @Nullable Instant ended) {
        List<One<?>> all = List.copyOf(queue);
        queue.clear();
        for (One<?> one : all) {
            One<?> left = perform(one, processor, spoken, ended);
            if (left != null) {
                queue.add(left);
            }
        }
    }

    /** What stays queued. */
    private static <E extends Event> @Nullable One<E> perform(
            One<E> one, Processor processor, Spoken spoken, @Nullable Instant ended) {
        Instant time = ended == null ? one.message.envelope().time() : ended;
        One<E> left = one;
        do {
            try {
                List<Saying> sayings = left.work.performing().perform(left.message);
                say(processor, spoken, one, Voice.of(one.work), sayings, time);
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return left;
            } catch (Exception e) {
                left = left.failed(e);
            }
        } while (one.work.attempts() > left.attempts);
        if (!one.work.isGivenUpAfter(left.attempts)) {
            return left;
        }
        List<Saying> sayings = one.work.failing().fail(one.message, left.reason());
        say(processor, spoken, one, Voice.ofFailed(one.work), sayings, time);
        return null;
    }

    private static void say(
            Processor processor,
            Spoken spoken,
            One<?> one,
            Voice voice,
            List<Saying> sayings,
            Instant time) {
        voice.says(processor, one.message, sayings, time).forEach(spoken::take);
    }

    // The fold that entrusted it heard this topic: the work takes its events.
    @SuppressWarnings("unchecked")
    private static <E extends Event> One<E> one(Work<E> work, Message<?> message) {
        return new One<>(work, (Message<E>) message, 0, null);
    }
}
