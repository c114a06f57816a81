package io.farandole.orchestrator.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.Identity;
import io.farandole.pubsub.journal.JournaledMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReadingArchiveTest {

    private static final String ACTIVITY = "activity";

    private final List<JournaledMessage> archived = new ArrayList<>();
    private final List<JournaledMessage> withheld = new ArrayList<>();
    private final Set<UUID> journaled = new HashSet<>();
    private final Set<UUID> leftOut = new HashSet<>();
    private final Set<UUID> putAside = new HashSet<>();
    private final List<JournaledEvent> given = new ArrayList<>();
    private final List<JournaledEvent> notGiven = new ArrayList<>();
    private final List<Discrepancy> discrepancies = new ArrayList<>();

    @Test
    void givesEachEvent() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            archived.add(event("e" + i, "{\"rated\":{\"user\":\"" + i + "\"}}"));
            journaled.add(identity(archived.getLast()));
        }

        ReadingArchive reading = read();

        assertThat(discrepancies).isEmpty();
        assertThat(reading.events()).isEqualTo(5_000);
        assertThat(given).hasSize(5_000);
        assertThat(given.getLast().text("user")).isEqualTo("4999");
        assertThat(given.getLast().kind()).isEqualTo("rated");
    }

    @Test
    void namesWhatTheJournalHasAndTheArchiveHasNot() throws IOException {
        UUID lost = identity(event("lost", "{}"));
        journaled.add(lost);

        read();

        assertThat(discrepancies)
                .containsExactly(
                        new Discrepancy(
                                ACTIVITY,
                                "event " + lost,
                                "is in the journal, but not in the archive"));
    }

    @Test
    void whatIsWithheldIsNotMissingAndTakesNothingElseWithIt() throws IOException {
        withheld.add(event("of an erased user", "{\"viewed\":{}}"));
        archived.add(event("the erasure", "{\"erased\":{}}"));
        journaled.add(identity(withheld.getFirst()));
        ReadingArchive reading = read();
        assertThat(discrepancies).isEmpty();
        assertThat(given).extracting(JournaledEvent::kind).containsExactly("erased");
        assertThat(notGiven).extracting(JournaledEvent::kind).containsExactly("viewed");
        assertThat(reading.events()).isEqualTo(1);
        assertThat(reading.withheld()).isEqualTo(1);

        UUID lost = identity(event("lost", "{}"));
        journaled.add(lost);
        read();
        assertThat(discrepancies).extracting(Discrepancy::key).containsExactly("event " + lost);
    }

    @Test
    void namesWhatIsKeptTwiceOrIsNoEvent() throws IOException {
        JournaledMessage one = event("one", "{\"rated\":{}}");
        JournaledMessage known = event("known", "junk");
        archived.addAll(List.of(one, one, event("junk", "junk"), known));
        leftOut.add(identity(known));

        read();

        assertThat(given).hasSize(1);
        assertThat(discrepancies)
                .extracting(Discrepancy::what)
                .containsExactly(
                        "is in the archive twice", "is no event, but no dead letter says so");
    }

    @Test
    void saysWhoHasItAmongTheDeadLetters() throws IOException {
        archived.add(event("one", "{\"rated\":{}}"));
        archived.add(event("poison", "{\"rated\":{}}"));
        putAside.add(identity(archived.getLast()));

        read();

        assertThat(discrepancies).isEmpty();
        assertThat(given)
                .extracting(event -> event.isAppliedBy("popularity"))
                .containsExactly(true, false);
        assertThat(given.getLast().isAppliedBy("profile")).isTrue();
    }

    private ReadingArchive read() throws IOException {
        Map<String, Set<UUID>> missing = new HashMap<>();
        missing.put(ACTIVITY, new HashSet<>(journaled));
        ReadingArchive reading =
                new ReadingArchive(
                        (topics, all, hidden) -> {
                            assertThat(topics).containsExactly(ACTIVITY);
                            archived.forEach(all);
                            withheld.forEach(hidden);
                        },
                        Map.of(ACTIVITY, leftOut),
                        Map.of("popularity", Map.of(ACTIVITY, putAside)),
                        missing);
        reading.read(Set.of(ACTIVITY), given::add, notGiven::add, discrepancies::add);
        return reading;
    }

    private static UUID identity(JournaledMessage message) {
        return Identity.of(message.topic(), message.attributes(), message.data());
    }

    private static JournaledMessage event(String id, String body) {
        return new JournaledMessage(
                ACTIVITY,
                "archive-1",
                "user:1",
                Map.of("ce-id", id, "ce-source", "app", "ce-time", "2020-01-01T00:00:00Z"),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }
}
