package io.farandole.orchestrator;

import com.google.pubsub.v1.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.pubsub.journal.JournalReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far back the broker's journal goes: since when it has everything that was published on a
 * topic, as the topic's own definition in it says.
 */
public final class JournalReach {

    /**
     * The topic's label that tells, in seconds of the epoch, since when its messages are kept:
     * where it is to keep them for longer than before, what was let go of does not come back.
     */
    public static final String KEPT_SINCE = "kept-since";

    /** What reading may take at most: what is let go of in the course of it counts as gone. */
    private static final Duration READING = Duration.ofHours(1);

    private JournalReach() {}

    /**
     * By the name of each topic of the catalogue.
     *
     * @throws io.farandole.pubsub.journal.JournalException if the journal cannot be read
     */
    public static Map<String, Instant> of(Path journal, Instant now) {
        Map<String, Topic> defined =
                JournalReader.topics(journal).stream()
                        .collect(
                                Collectors.toMap(
                                        topic ->
                                                topic.getName()
                                                        .substring(
                                                                topic.getName().lastIndexOf('/')
                                                                        + 1),
                                        Function.identity(),
                                        (one, _) -> one));
        return TopicCatalogue.all().stream()
                .collect(
                        Collectors.toMap(
                                topic -> topic.name(),
                                topic ->
                                        defined.containsKey(topic.name())
                                                ? of(defined.get(topic.name()), now)
                                                : now.plus(READING).minus(topic.retention())));
    }

    private static Instant of(Topic topic, Instant now) {
        Instant kept =
                now.plus(READING).minusSeconds(topic.getMessageRetentionDuration().getSeconds());
        Instant told = keptSince(topic);
        return told != null && told.isAfter(kept) ? told : kept;
    }

    /** From when on a topic has all, as its label says; null if it has none. */
    public static @Nullable Instant keptSince(Topic topic) {
        String since = topic.getLabelsOrDefault(KEPT_SINCE, "");
        return since.isEmpty() ? null : Instant.ofEpochSecond(Long.parseLong(since));
    }
}
