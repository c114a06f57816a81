package io.farandole.benchmarks.streams;

import static io.farandole.events.TopicCatalogue.ACTIVITY;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.benchmarks.counting.Fact;
import io.farandole.benchmarks.counting.Payload;
import io.farandole.benchmarks.counting.Workload;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Cause;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import java.time.Clock;
import java.time.Instant;

/** Facts as ingestion says them: bodies of so many bytes, and an envelope. */
final class ViewedMessages {

    private static final int LETTERS_OF_ITEM = 60;
    private static final String SOURCE = "benchmark";

    private final EventCodec codec = new EventCodec();
    private final Clock clock = Clock.systemUTC();

    PubsubMessage of(Fact fact) {
        Encoded bare = encoded(fact, "o");
        Encoded encoded = encoded(fact, letters(fact, 1 + Workload.BYTES - bare.data().length));
        return PubsubMessage.newBuilder()
                .setOrderingKey(encoded.orderingKey())
                .putAllAttributes(encoded.attributes())
                .setData(ByteString.copyFrom(encoded.data()))
                .build();
    }

    private Encoded encoded(Fact fact, String offer) {
        Viewed viewed =
                new Viewed(
                        new UserId(fact.key()),
                        new ItemId(letters(fact, LETTERS_OF_ITEM)),
                        new OfferId(offer));
        Cause cause = new Cause(SOURCE, Integer.toString(fact.number()));
        Instant now = clock.instant();
        return codec.encode(
                new Message<>(
                        new Envelope(
                                EventId.ingested(
                                                now,
                                                ACTIVITY,
                                                Identity.of(cause.source(), cause.id()),
                                                0)
                                        .toString(),
                                "farandole/ingestion",
                                ACTIVITY.typeOf(viewed),
                                ACTIVITY.subjectOf(viewed),
                                fact.time(),
                                now,
                                null,
                                null,
                                cause,
                                (long) fact.number(),
                                null),
                        viewed),
                ACTIVITY);
    }

    private static String letters(Fact fact, int length) {
        return Payload.of(fact.number(), length);
    }
}
