package io.farandole.streams.testing;

import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.streams.Emission;
import io.farandole.streams.Processor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a processor said, topic by topic, with ids and sequences as the outbox would give them. */
final class Spoken {

    private static final int GENERATION = 1;

    private final Processor processor;
    private final Map<Topic<?>, List<Message<?>>> messages = new LinkedHashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();

    Spoken(Processor processor) {
        this.processor = processor;
    }

    void take(Emission emission) {
        Topic<?> topic = emission.topic();
        Envelope input = emission.input();
        String subject = topic.subjectOf(emission.event());
        Long sequence =
                topic.sequenced() ? sequences.merge(topic + " " + subject, 1L, Long::sum) : null;
        Envelope envelope =
                new Envelope(
                        id(emission).toString(),
                        "farandole/" + processor.name(),
                        topic.typeOf(emission.event()),
                        subject,
                        emission.time(),
                        input.recordedTime(),
                        input.correlationId(),
                        input.id(),
                        input.causedBy(),
                        sequence,
                        input.traceParent());
        messages.computeIfAbsent(topic, _ -> new ArrayList<>())
                .add(RoundTrip.of(new Message<>(envelope, emission.event()), topic));
    }

    <E extends Event> List<Message<E>> on(Topic<E> topic) {
        return messages.getOrDefault(topic, List.of()).stream()
                .map(message -> cast(message, topic))
                .toList();
    }

    private UUID id(Emission emission) {
        Envelope input = emission.input();
        return switch (processor.ring()) {
            case SOURCE ->
                    EventId.ingested(
                            input.recordedTime(),
                            emission.topic(),
                            emission.voice().of(Identity.of(input.source(), input.id())),
                            emission.ordinal());
            case INTERNAL ->
                    EventId.derived(
                            emission.origin(),
                            emission.voice().of(processor),
                            GENERATION,
                            emission.topic(),
                            emission.ordinal());
        };
    }

    private static <E extends Event> Message<E> cast(Message<?> message, Topic<E> topic) {
        return new Message<>(message.envelope(), topic.family().cast(message.event()));
    }
}
