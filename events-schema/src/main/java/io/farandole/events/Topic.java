package io.farandole.events;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A named place where events of one family are said.
 *
 * @param family the sealed interface whose records may be said here
 * @param subject the entity that an event is about, such as {@code user:42}: its ordering key
 * @param retention how long the broker keeps what was said
 * @param sequenced whether the one writer numbers each subject's events
 * @param writers who writes, in words of the design
 * @param readers the processors and services that subscribe
 */
public record Topic<E extends Event>(
        String name,
        Ring ring,
        Class<E> family,
        Function<E, String> subject,
        Duration retention,
        boolean sequenced,
        List<String> writers,
        List<String> readers) {

    private static final String TYPE_PREFIX = "io.farandole.";
    private static final String TYPE_VERSION = ".v1";

    /**
     * Producers write source topics, which only ingestion reads; everything else meets on internal
     * ones.
     */
    public enum Ring {
        SOURCE,
        INTERNAL
    }

    /** The name of the subscription through which a processor reads this topic. */
    public String subscriptionOf(String reader) {
        return name + "." + reader;
    }

    public String subjectOf(Event event) {
        return subject.apply(family.cast(event));
    }

    /** The kinds of event that may be said here. */
    public List<Kind> kinds() {
        return Family.of(family).kinds();
    }

    /** The {@code ce-type} of an event that is said here. */
    public String typeOf(Event event) {
        return typeOf(Family.of(family).of(family.cast(event)).kind());
    }

    /** The {@code ce-type} of a kind that is said here. */
    public String typeOf(Kind kind) {
        return TYPE_PREFIX + name + "." + kind.name() + TYPE_VERSION;
    }

    @Override
    public String toString() {
        return name;
    }
}
