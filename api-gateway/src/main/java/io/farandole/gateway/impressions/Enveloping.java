package io.farandole.gateway.impressions;

import io.farandole.events.Cause;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.ImpressionEvent;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.gateway.calls.Call;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Makes messages of impressions: each belongs to its call, and takes its id from it. */
final class Enveloping {

    static final String SOURCE = "//farandole/api-gateway";

    private static final Topic<ImpressionEvent> TOPIC = TopicCatalogue.IMPRESSIONS;

    private final Clock clock;
    private final EventCodec codec = new EventCodec();

    Enveloping(Clock clock) {
        this.clock = clock;
    }

    Encoded envelop(ImpressionEvent impression, Call call) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String id = EventId.ingested(now, TOPIC, UUID.fromString(call.id()), 0).toString();
        Envelope envelope =
                new Envelope(
                        id,
                        SOURCE,
                        TOPIC.typeOf(impression),
                        TOPIC.subjectOf(impression),
                        now,
                        now,
                        call.id(),
                        null,
                        new Cause(SOURCE, id),
                        null,
                        null);
        return codec.encode(new Message<>(envelope, impression), TOPIC);
    }
}
