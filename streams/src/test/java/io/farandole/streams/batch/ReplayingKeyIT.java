package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.farandole.streams.Delivery;
import io.farandole.streams.batch.ReplayingKey.Replayed;
import io.farandole.streams.batch.ReplayingKey.ReplayedRow;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One key's rows, computed anew from the archive; written only if asked, and only if that is safe.
 */
final class ReplayingKeyIT {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private BatchDatabase database;
    private Rebuild rebuild;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.fresh();
        rebuild = new Rebuild(database, Clock.systemUTC());
        rebuild.happen(numbered(Deliveries.ratings(0, 40, 4, 40, now), 1));
        rebuild.happen(numbered(List.of(Deliveries.rated(100, "u1", "i0", now)), 11));
        database.execute("delete from streams.sequence where topic = 'activity'");
        database.execute(
                "insert into streams.sequence values ('activity', 'user:u1', 11), ('activity', 'user:u2', 10)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** As ingestion numbers each user's events. */
    private static List<Delivery> numbered(List<Delivery> deliveries, long first) {
        Map<String, Long> next = new HashMap<>();
        List<Delivery> numbered = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            long number = next.merge(delivery.orderingKey(), first, (had, _) -> had + 1);
            Map<String, String> attributes = new HashMap<>(delivery.attributes());
            attributes.put("ce-sequence", "%019d".formatted(number));
            numbered.add(
                    new Delivery(
                            delivery.messageId(),
                            delivery.orderingKey(),
                            attributes,
                            delivery.data(),
                            delivery.publishTime()));
        }
        return numbered;
    }

    private Replayed replay(String key, boolean apply) throws IOException {
        return new ReplayingKey(rebuild.live(), rebuild.archive()).replay(key, apply);
    }

    private void spoil(String user) {
        database.execute(
                "update counting.users_g%d set value = '{\"number\": 3, \"stars\": 1}' where key = '%s'"
                        .formatted(rebuild.live().generation().id(), user));
    }

    private String user(String user) {
        return database.rows("select value from counting.users where key = '" + user + "'")
                .getFirst();
    }

    @Test
    void aKeyThatIsRightIsTheSame() throws IOException {
        Replayed replayed = replay("user:u1", false);

        assertThat(replayed.events()).isEqualTo(11);
        assertThat(replayed.unapplied()).isZero();
        assertThat(replayed.rows()).hasSize(12);
        assertThat(replayed.rows()).filteredOn(row -> !row.shared()).allMatch(ReplayedRow::same);
        // An item that another user has rated too is only told.
        assertThat(replayed.rows())
                .filteredOn(ReplayedRow::shared)
                .extracting(ReplayedRow::store, ReplayedRow::row)
                .containsExactly(tuple("items", "i0"));
    }

    @Test
    void aDryRunShowsTheDifferenceAndChangesNothing() throws IOException {
        spoil("u1");

        Replayed replayed = replay("user:u1", false);

        assertThat(replayed.applied()).isZero();
        assertThat(replayed.rows()).filteredOn(row -> !row.same() && !row.shared()).hasSize(1);
        assertThat(user("u1")).isEqualTo("{\"stars\": 1, \"number\": 3}");
    }

    @Test
    void isWrittenIfAskedAndOthersAreLeftAlone() throws IOException {
        spoil("u1");
        spoil("u2");

        Replayed replayed = replay("user:u1", true);

        assertThat(replayed.applied()).isEqualTo(1);
        assertThat(user("u1")).isEqualTo("{\"stars\": 22.0, \"number\": 11}");
        assertThat(user("u2")).isEqualTo("{\"stars\": 1, \"number\": 3}");
        Receipt _ = rebuild.apply(rebuild.live(), List.of(Deliveries.rated(200, "u1", "z", now)));
        assertThat(user("u1")).isEqualTo("{\"stars\": 24.0, \"number\": 12}");
    }

    @Test
    void isNotWrittenWhereTheArchiveLacksOne() {
        spoil("u1");
        database.execute("update streams.sequence set last = 12 where ordering_key = 'user:u1'");

        assertThatThrownBy(() -> replay("user:u1", true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the archive lacks number 12 of 12 of user:u1 on activity");
        assertThat(user("u1")).isEqualTo("{\"stars\": 1, \"number\": 3}");
    }

    @Test
    void isNotWrittenWhereOneIsNotHeardYet() {
        rebuild.archived(numbered(List.of(Deliveries.rated(101, "u1", "i1", now)), 12));
        database.execute("update streams.sequence set last = 12 where ordering_key = 'user:u1'");

        assertThatThrownBy(() -> replay("user:u1", true))
                .hasMessageContaining("1 events of user:u1 are in the archive and not heard yet");
    }

    @Test
    void isNotWrittenWhereOneWasPutAside() {
        rebuild.happen(numbered(List.of(Deliveries.rated(101, "u1", "throws", now)), 12));
        database.execute("update streams.sequence set last = 12 where ordering_key = 'user:u1'");

        assertThatThrownBy(() -> replay("user:u1", true))
                .hasMessageContaining("1 events of user:u1 wait or were put aside");
    }

    @Test
    void ofAnErasedUserOnlyWhatWasToldSinceIsWritten() throws IOException {
        rebuild.happen(numbered(List.of(Deliveries.erased("u1", now.plusMillis(1))), 12));
        rebuild.happen(numbered(List.of(Deliveries.rated(101, "u1", "i1", now.plusMillis(2))), 13));
        database.execute("update streams.sequence set last = 13 where ordering_key = 'user:u1'");

        Replayed replayed = replay("user:u1", true);

        assertThat(replayed.events()).isEqualTo(13);
        assertThat(replayed.withheld()).isEqualTo(11);
        assertThat(user("u1")).isEqualTo("{\"stars\": 2.0, \"number\": 1}");
    }

    @Test
    void aKeyThatNothingIsKnownOfIsRefused() {
        assertThatThrownBy(() -> replay("u1", false))
                .hasMessageContaining("the archive has no event of u1 on activity")
                .hasMessageContaining("such as user:42");
    }
}
