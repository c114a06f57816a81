package io.farandole.streams.batch;

import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.streams.Emission;
import io.farandole.streams.Processor;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the folds of one batch say: numbered on each key under the lock of its sequence row, then
 * put into the outbox in that order.
 */
final class Sayings {

    // One statement draws the numbers and locks: the rows are taken in the order of the keys.
    private static final String NUMBER =
            """
            insert into streams.sequence as s (topic, ordering_key, last)
            select said.topic, said.key, said.many
            from unnest(?::text[], ?::text[], ?::bigint[]) said(topic, key, many)
            on conflict (topic, ordering_key) do update set last = s.last + excluded.last
            returning s.topic, s.ordering_key, s.last
            """;
    private static final String PUT =
            """
            insert into streams.outbox (shard, topic, ordering_key, event_id, attributes, payload)
            select said.shard, said.topic, said.key, said.id, said.attributes::jsonb, said.payload
            from unnest(?::int[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::bytea[])
                with ordinality said(shard, topic, key, id, attributes, payload, place)
            order by said.place
            """;

    private final EventCodec codec = new EventCodec();
    private final Processor processor;
    private final Generation generation;
    private final Instant now;
    private final List<Emission> emissions;
    private final IdentityHashMap<Envelope, UUID> sources;
    private final Map<Place, Numbers> numbers = new TreeMap<>();

    /**
     * @param sources of the source ring's inputs, by what they are known
     */
    Sayings(
            Processor processor,
            Generation generation,
            Instant now,
            List<Emission> emissions,
            IdentityHashMap<Envelope, UUID> sources) {
        this.processor = processor;
        this.generation = generation;
        this.now = now;
        this.emissions = emissions;
        this.sources = sources;
        emissions.forEach(
                emission -> numbers.computeIfAbsent(Place.of(emission), _ -> new Numbers()).many++);
    }

    int size() {
        return emissions.size();
    }

    void number(RoundTrip roundTrip) {
        if (emissions.isEmpty()) {
            return;
        }
        roundTrip.read(
                rows -> numbersOf(rows.getString(1), rows.getString(2)).drawn(rows.getLong(3)),
                NUMBER,
                numbers.keySet().stream().map(Place::topic).toArray(String[]::new),
                numbers.keySet().stream().map(Place::key).toArray(String[]::new),
                numbers.values().stream().mapToLong(drawn -> drawn.many).toArray());
    }

    void put(RoundTrip roundTrip) {
        if (emissions.isEmpty()) {
            return;
        }
        int size = emissions.size();
        int[] shards = new int[size];
        String[] topics = new String[size];
        String[] keys = new String[size];
        UUID[] ids = new UUID[size];
        String[] attributes = new String[size];
        byte[][] payloads = new byte[size][];
        for (int i = 0; i < size; i++) {
            Emission emission = emissions.get(i);
            Place place = Place.of(emission);
            UUID id = idOf(emission);
            long number = numbersOf(place.topic, place.key).next++;
            Encoded encoded = encode(emission, place, id, number);
            shards[i] = OutboxShards.of(place.topic, place.key);
            topics[i] = place.topic;
            keys[i] = place.key;
            ids[i] = id;
            attributes[i] = Values.JSON.writeValueAsString(encoded.attributes());
            payloads[i] = encoded.data();
        }
        roundTrip.run(PUT, shards, topics, keys, ids, attributes, payloads);
    }

    private Encoded encode(Emission emission, Place place, UUID id, long number) {
        Envelope input = emission.input();
        Topic<?> topic = emission.topic();
        Envelope envelope =
                new Envelope(
                        id.toString(),
                        "farandole/" + processor.name(),
                        topic.typeOf(emission.event()),
                        place.key,
                        emission.time(),
                        now,
                        input.correlationId(),
                        input.id(),
                        input.causedBy(),
                        topic.sequenced() ? number : null,
                        input.traceParent());
        return codec.encode(new Message<Event>(envelope, emission.event()), topic);
    }

    private UUID idOf(Emission emission) {
        UUID source = sources.get(emission.input());
        return source == null
                ? EventId.derived(
                        emission.origin(),
                        emission.voice().of(processor),
                        generation.number(),
                        emission.topic(),
                        emission.ordinal())
                : EventId.ingested(
                        now, emission.topic(), emission.voice().of(source), emission.ordinal());
    }

    private Numbers numbersOf(String topic, String key) {
        Numbers found = numbers.get(new Place(topic, key));
        if (found == null) {
            throw new IllegalStateException("nothing is said on " + topic + " about " + key);
        }
        return found;
    }

    /** Where order is kept: one key of one topic. */
    private record Place(String topic, String key) implements Comparable<Place> {

        static Place of(Emission emission) {
            return new Place(emission.topic().name(), emission.topic().subjectOf(emission.event()));
        }

        @Override
        public int compareTo(Place other) {
            int order = topic.compareTo(other.topic);
            return order == 0 ? key.compareTo(other.key) : order;
        }
    }

    /** The numbers of one place: how many are needed, and the next of those drawn. */
    private static final class Numbers {
        private long many;
        private long next;

        void drawn(long last) {
            next = last - many + 1;
        }
    }
}
