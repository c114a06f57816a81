package io.farandole.streams.batch;

import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.Delivery;
import io.farandole.streams.Entrusted;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Queues the messages that were entrusted to long work, in the transaction of their batch. */
record Entrusting<E extends Event>(
        Generation generation,
        String topic,
        List<Entrusted> entrusted,
        Map<Message<?>, Incoming<E>> incoming) {

    private static final String QUEUE =
            """
            insert into streams.work (generation, name, state, topic, event_source, event_id,
                message_id, ordering_key, attributes, payload, published, published_hour)
            select ?, w.name, 'QUEUED', ?, w.source, w.id, w.message_id, w.key,
                w.attributes::jsonb, w.payload, w.published::timestamptz, to_timestamp(w.hour)
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::bytea[], ?::text[], ?::bigint[])
              with ordinality w(name, source, id, message_id, key, attributes, payload, published,
                hour, n)
            order by w.n
            """;

    void queue(RoundTrip roundTrip) {
        if (entrusted.isEmpty()) {
            return;
        }
        roundTrip.run(
                QUEUE,
                generation.id(),
                topic,
                texts(one -> one.work().name()),
                texts(one -> Storable.text(envelope(one).source())),
                texts(one -> Storable.text(envelope(one).id())),
                texts(one -> delivery(one).messageId()),
                texts(one -> Storable.text(delivery(one).orderingKey())),
                texts(
                        one ->
                                Values.JSON.writeValueAsString(
                                        Storable.attributes(delivery(one).attributes()))),
                entrusted.stream().map(one -> delivery(one).data()).toArray(byte[][]::new),
                texts(one -> delivery(one).publishTime().toString()),
                entrusted.stream()
                        .mapToLong(one -> incoming(one).hour().getEpochSecond())
                        .toArray());
    }

    private static Envelope envelope(Entrusted one) {
        return one.input().envelope();
    }

    private Delivery delivery(Entrusted one) {
        return incoming(one).delivery();
    }

    private Incoming<E> incoming(Entrusted one) {
        Incoming<E> found = incoming.get(one.input());
        if (found == null) {
            throw new IllegalStateException("entrusted what was not delivered: " + one.input());
        }
        return found;
    }

    private String[] texts(Function<Entrusted, String> part) {
        return entrusted.stream().map(part).toArray(String[]::new);
    }
}
