package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Cause;
import io.farandole.events.Decoded;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.Topic;
import io.farandole.events.UserId;
import io.farandole.streams.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Makes deliveries, as a broker would hand them over. */
final class Deliveries {

    private static final EventCodec CODEC = new EventCodec();
    private static final AtomicLong MESSAGES = new AtomicLong();

    private Deliveries() {}

    /** A rating of two stars; the same number is the same event. */
    static Delivery rated(int number, String user, String item, Instant at) {
        return rated(number, user, item, at, at);
    }

    /** The same, with an id that was made at another time. */
    static Delivery rated(int number, String user, String item, Instant made, Instant at) {
        String id =
                EventId.ingested(made, ACTIVITY, Identity.of("tests", "" + number), 0).toString();
        return delivery(ACTIVITY, id, "farandole/ingestion", event(user, item), at);
    }

    /** So many, by so many users and of so many items, numbered from {@code first}. */
    static List<Delivery> ratings(int first, int many, int users, int items, Instant at) {
        return IntStream.range(first, first + many)
                .mapToObj(n -> rated(n, "u" + n % users, "i" + n % items, at))
                .toList();
    }

    /** That this user asked to be forgotten. */
    static Delivery erased(String user, Instant at) {
        return delivery(
                ACTIVITY,
                EventId.ingested(at, ACTIVITY, Identity.of("tests", "erased " + user), 0)
                        .toString(),
                "farandole/ingestion",
                new ActivityEvent.Erased(new UserId(user)),
                at);
    }

    /** The same with a payload that nobody can decode. */
    static Delivery broken(Delivery delivery) {
        return new Delivery(
                "broken " + delivery.messageId(),
                delivery.orderingKey(),
                delivery.attributes(),
                new byte[] {1},
                delivery.publishTime());
    }

    static ActivityEvent event(String user, String item) {
        return new ActivityEvent.Rated(
                new UserId(user), new ItemId(item), new OfferId("offer-" + item), 2);
    }

    static <E extends Event> Delivery delivery(
            Topic<E> topic, String id, String source, E event, Instant at) {
        Envelope envelope =
                new Envelope(
                        id,
                        source,
                        topic.typeOf(event),
                        topic.subjectOf(event),
                        at,
                        at,
                        "run-1",
                        "source-1",
                        source.equals("app") ? new Cause(source, id) : new Cause("app", "of-" + id),
                        null,
                        "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
        Encoded encoded = CODEC.encode(new Message<Event>(envelope, event), topic);
        return new Delivery(
                "m" + MESSAGES.incrementAndGet(),
                encoded.orderingKey(),
                encoded.attributes(),
                encoded.data(),
                at);
    }

    /** What a delivery says. */
    static <E extends Event> Message<E> message(Topic<E> topic, Delivery delivery) {
        if (CODEC.decode(topic, delivery.attributes(), delivery.data(), delivery.publishTime())
                instanceof Decoded.Understood<E>(Message<E> message, int _)) {
            return message;
        }
        throw new IllegalArgumentException("no event of " + topic);
    }
}
