package io.farandole.streams.testing;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.streams.Outcome;
import io.farandole.streams.Source;
import io.farandole.streams.Stepped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes messages in as a runner would: each once, through its steps and its fold; keeps what waits
 * and what failed, and counts all of it.
 */
final class Intake {

    private final InMemoryState state;
    private final Set<UUID> inbox = new HashSet<>();
    private final Map<Topic<?>, Counts> counts = new HashMap<>();
    private final List<Arrival<?>> waiting = new ArrayList<>();
    private final List<Arrival<?>> failed = new ArrayList<>();
    private final KeyOrder order = new KeyOrder();

    Intake(InMemoryState state) {
        this.state = state;
    }

    Counts counts(Topic<?> topic) {
        return counts.getOrDefault(topic, Counts.NONE);
    }

    /** How many messages wait, or are parked. */
    int waiting() {
        return waiting.size();
    }

    void retryWaiting() {
        order.retry();
        List<Arrival<?>> retried = List.copyOf(waiting);
        waiting.clear();
        for (Arrival<?> arrival : retried) {
            count(arrival.source().topic(), new Counts(0, 0, 0, 0, 0, 0, -1));
            foldAlone(arrival);
        }
    }

    void redrive() {
        order.redrive();
        List<Arrival<?>> redriven = List.copyOf(failed);
        failed.clear();
        for (Arrival<?> arrival : redriven) {
            count(arrival.source().topic(), new Counts(0, 0, 0, 0, 0, -1, 0));
            foldAlone(arrival);
        }
        retryWaiting();
    }

    <E extends Event> void deliverAlone(Arrival<E> arrival) {
        deliver(arrival.source(), List.of(arrival));
    }

    /** What became of each; empty of a duplicate. */
    <E extends Event> List<Optional<Outcome>> deliver(Source<E> source, List<Arrival<E>> arrivals) {
        List<Arrival<E>> fresh = new ArrayList<>();
        for (Arrival<E> arrival : arrivals) {
            boolean first = inbox.add(arrival.identity());
            count(source.topic(), new Counts(1, 0, first ? 0 : 1, 0, 0, 0, 0));
            if (first) {
                fresh.add(arrival);
            }
        }
        Map<Arrival<E>, Outcome> outcomes = fold(source, fresh);
        return arrivals.stream()
                .map(arrival -> Optional.ofNullable(outcomes.remove(arrival)))
                .toList();
    }

    private <E extends Event> void foldAlone(Arrival<E> arrival) {
        fold(arrival.source(), List.of(arrival));
    }

    private <E extends Event> Map<Arrival<E>, Outcome> fold(
            Source<E> source, List<Arrival<E>> arrivals) {
        Map<Arrival<E>, Outcome> outcomes = new HashMap<>();
        List<Arrival<E>> going = new ArrayList<>();
        List<Message<E>> messages = new ArrayList<>();
        for (Arrival<E> arrival : arrivals) {
            if (order.isParked(arrival)) {
                outcomes.put(arrival, Outcome.PARKED);
                continue;
            }
            switch (source.steps().apply(new Stepped.Going<>(arrival.message()))) {
                case Stepped.Going<E>(Message<E> message) -> {
                    going.add(arrival);
                    messages.add(message);
                }
                case Stepped.Refused<E>(String reason, String place) ->
                        outcomes.put(arrival, new Outcome.Rejected(reason, place));
            }
        }
        arrivals.forEach(arrival -> state.isPast(arrival.message().envelope().recordedTime()));
        List<Outcome> folded = state.fold(source, messages);
        for (int i = 0; i < going.size(); i++) {
            outcomes.put(going.get(i), folded.get(i));
            if (folded.get(i) instanceof Outcome.Applied) {
                state.applied(messages.get(i).envelope().time());
            }
        }
        arrivals.forEach(arrival -> record(arrival, outcomes));
        state.fireDue();
        return outcomes;
    }

    private <E extends Event> void record(Arrival<E> arrival, Map<Arrival<E>, Outcome> outcomes) {
        Counts counted =
                switch (outcomes.get(arrival)) {
                    case Outcome.Applied _ -> new Counts(0, 1, 0, 0, 0, 0, 0);
                    case Outcome.Late _ -> new Counts(0, 0, 0, 1, 0, 0, 0);
                    case Outcome.Rejected _ -> new Counts(0, 0, 0, 0, 1, 0, 0);
                    case Outcome.Failed failure -> {
                        state.failures.add(failure);
                        failed.add(arrival);
                        yield new Counts(0, 0, 0, 0, 0, 1, 0);
                    }
                    case Outcome.Waiting _, Outcome.Parked _ -> {
                        waiting.add(arrival);
                        yield new Counts(0, 0, 0, 0, 0, 0, 1);
                    }
                    case null -> throw new IllegalStateException("no outcome for " + arrival);
                };
        order.note(arrival, outcomes.getOrDefault(arrival, Outcome.APPLIED));
        count(arrival.source().topic(), counted);
    }

    private void count(Topic<?> topic, Counts more) {
        counts.merge(topic, more, Counts::plus);
    }
}
