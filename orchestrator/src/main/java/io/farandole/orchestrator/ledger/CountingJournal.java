package io.farandole.orchestrator.ledger;

import io.farandole.events.Identity;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.orchestrator.JournalReach;
import io.farandole.pubsub.journal.JournalReader;
import io.farandole.pubsub.journal.JournaledMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Counts what was published by reading the broker's journal files, past the broker and all of its
 * counters.
 */
public final class CountingJournal {

    private final Path journal;
    private final Clock clock;

    public CountingJournal(Path journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** Reads the whole journal; one entry for every topic of the catalogue, in its order. */
    public List<Published> count() {
        Map<String, Instant> reach = JournalReach.of(journal, clock.instant());
        Map<String, Tally> tallies = new HashMap<>();
        JournalReader.read(
                journal,
                Counted::of,
                counted -> tallies.computeIfAbsent(counted.topic(), _ -> new Tally()).add(counted));
        return TopicCatalogue.all().stream()
                .map(
                        topic ->
                                tallies.getOrDefault(topic.name(), new Tally())
                                        .of(topic, reach.getOrDefault(topic.name(), Instant.MIN)))
                .toList();
    }

    /** What of a message is counted. */
    private record Counted(String topic, UUID identity, Instant publishTime) {
        static Counted of(JournaledMessage message) {
            String topic = message.topic().substring(message.topic().lastIndexOf('/') + 1);
            return new Counted(
                    topic,
                    Identity.of(topic, message.attributes(), message.data()),
                    message.publishTime());
        }
    }

    private static final class Tally {
        private final Identities seen = new Identities();
        private final Map<Instant, Long> distinctByHour = new TreeMap<>();
        private long messages;

        Published of(Topic<?> topic, Instant reach) {
            return new Published(topic, messages, reach, distinctByHour);
        }

        void add(Counted message) {
            messages++;
            if (seen.add(message.identity())) {
                distinctByHour.merge(
                        message.publishTime().truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
            }
        }
    }
}
