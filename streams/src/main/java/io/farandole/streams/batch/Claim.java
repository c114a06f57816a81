package io.farandole.streams.batch;

import io.farandole.events.Identity;
import io.farandole.events.Topic;
import java.util.Comparator;
import java.util.UUID;

/**
 * By what a message is remembered, and where.
 *
 * @param dated whether the key is an id with ingestion time in front, kept in the daily inbox
 */
record Claim(boolean dated, UUID key) {

    /** As Postgres sorts them. */
    static final Comparator<UUID> ORDER =
            (one, other) -> {
                int first =
                        Long.compareUnsigned(
                                one.getMostSignificantBits(), other.getMostSignificantBits());
                return first != 0
                        ? first
                        : Long.compareUnsigned(
                                one.getLeastSignificantBits(), other.getLeastSignificantBits());
            };

    /** An internal event, by its id. */
    static Claim byId(UUID id) {
        return new Claim(true, id);
    }

    /**
     * A message of any other kind, by its identity on its topic: a producer that numbers each topic
     * for itself loses nothing.
     *
     * @param place of {@link #placeOf the topic}
     */
    static Claim byIdentity(long place, UUID identity) {
        return new Claim(
                false,
                new UUID(
                        identity.getMostSignificantBits() ^ place,
                        identity.getLeastSignificantBits()));
    }

    /** What tells the identities of one topic from those of another. */
    static long placeOf(Topic<?> topic) {
        return Identity.of("topic", topic.name()).getMostSignificantBits();
    }
}
