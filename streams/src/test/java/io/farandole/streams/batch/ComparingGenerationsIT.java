package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Fold;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Sameness;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.batch.ComparingGenerations.Comparison;
import io.farandole.streams.batch.ComparingGenerations.Difference;
import io.farandole.streams.batch.ComparingGenerations.StoreComparison;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a comparison finds, each with a fault that was planted. */
final class ComparingGenerationsIT {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private BatchDatabase database;
    private Rebuild rebuild;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.fresh();
        rebuild = new Rebuild(database, Clock.systemUTC());
        rebuild.happen(Deliveries.ratings(0, 60, 6, 5, now));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static StoreComparison store(Comparison comparison, String name) {
        return comparison.stores().stream()
                .filter(store -> store.store().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The same, with another fold. */
    private static Processor folding(Fold<ActivityEvent> fold) {
        return folding(fold, Counting.USERS);
    }

    private static Processor folding(Fold<ActivityEvent> fold, Store<?> users) {
        return Processor.named(Counting.NAME)
                .reads(Source.of(Counting.SOURCE.topic(), Counting.SOURCE.rows(), fold))
                .keeps(users)
                .keeps(Counting.ITEMS)
                .says(RECOMMENDATIONS)
                .build();
    }

    @Test
    void theSameEventsGiveTheSameChecksumHoweverTheyAreCut() {
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);

        Comparison comparison = rebuild.compare(built);

        assertThat(comparison.isSame()).isTrue();
        assertThat(comparison.leftChecksum()).isEqualTo(comparison.rightChecksum());
        assertThat(store(comparison, "users").equal()).isEqualTo(6);
        assertThat(store(comparison, "users").examples()).isEmpty();
        assertThat(comparison.behind()).isZero();
    }

    @Test
    void aFoldWithABugShows() {
        PreparedProcessor built =
                rebuild.begin(
                        folding(
                                (message, context) ->
                                        message.event() instanceof ActivityEvent.Rated rated
                                                        && rated.user().value().equals("u3")
                                                        && rated.item().value().equals("i4")
                                                ? Outcome.APPLIED
                                                : Counting.SOURCE.fold().fold(message, context)));
        rebuild.backfill(built);

        Comparison comparison = rebuild.compare(built);

        assertThat(comparison.isSame()).isFalse();
        assertThat(comparison.leftChecksum()).isNotEqualTo(comparison.rightChecksum());
        assertThat(comparison.behind()).isZero();
        StoreComparison users = store(comparison, "users");
        assertThat(users.equal()).isEqualTo(5);
        assertThat(users.differing()).isEqualTo(1);
        assertThat(users.examples())
                .containsExactly(
                        new Difference(
                                "u3",
                                "{\"stars\": 20.0, \"number\": 10}",
                                "{\"stars\": 16.0, \"number\": 8}"));
        assertThat(store(comparison, "items").examples())
                .extracting(Difference::key)
                .containsExactly("i4");
    }

    @Test
    void aRowThatTheArchiveLostShows() {
        rebuild.archive().lose(17);
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);

        Comparison comparison = rebuild.compare(built);

        assertThat(comparison.isSame()).isFalse();
        assertThat(comparison.behind()).isEqualTo(1);
        assertThat(store(comparison, "users").differing()).isEqualTo(1);
        assertThat(store(comparison, "items").differing()).isEqualTo(1);
    }

    @Test
    void missingAndAddedKeysAreTold() {
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);
        int id = built.generation().id();
        database.execute("delete from counting.users_g" + id + " where key = 'u1'");
        database.execute(
                "insert into counting.users_g%d values (%d, 'nobody', '{\"number\": 1}', 1)"
                        .formatted(id, id));

        StoreComparison users = store(rebuild.compare(built), "users");

        assertThat(List.of(users.missing(), users.added(), users.equal(), users.differing()))
                .containsExactly(1L, 1L, 5L, 0L);
        assertThat(users.examples())
                .extracting(Difference::key, Difference::left, Difference::right)
                .containsExactly(
                        tuple("nobody", null, "{\"number\": 1}"),
                        tuple("u1", "{\"stars\": 20.0, \"number\": 10}", null));
    }

    @Test
    void aStoreThatOnlyOneHasIsCounted() {
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);
        database.execute(
                "delete from streams.store where name = 'users' and generation = "
                        + built.generation().id());

        Comparison comparison = rebuild.compare(built);

        StoreComparison users = store(comparison, "users");
        assertThat(List.of(users.left(), users.right(), users.missing()))
                .containsExactly(6L, 0L, 6L);
        assertThat(comparison.isSame()).isFalse();
    }

    @Test
    void tellsWithWhatEachWasMadeAndOfWhichPartOfTheArchive() {
        PreparedProcessor built =
                rebuild.begin(folding((message, context) -> Counting.fold(message, context)));
        rebuild.backfill(built);

        Comparison comparison = rebuild.compare(built);

        assertThat(comparison.isSame()).isTrue();
        Made left = comparison.leftMade();
        Made right = comparison.rightMade();
        // The same stores and topics, without the view, by a fold in another class.
        assertThat(right.description()).isNotNull().isNotEqualTo(left.description());
        assertThat(right.code()).isNotNull().isNotEqualTo(left.code());
        assertThat(left.first()).isNull();
        assertThat(right.first()).isEqualTo(1);
        assertThat(right.last()).isEqualTo(60);
        Processor same = Counting.processor();
        assertThat(left).isEqualTo(new Made(Made.description(same), Made.code(same), null, null));
    }

    @Test
    void ofListsTheContentIsComparedAndTheOverlapTold() {
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);
        list(rebuild.live(), "u0", "{\"version\": 1, \"list\": [\"a\", \"b\", \"c\", \"d\"]}");
        list(built, "u0", "{\"version\": 9, \"list\": [\"a\", \"b\", \"c\", \"d\"]}");
        list(rebuild.live(), "u1", "{\"version\": 1, \"list\": [\"a\", \"b\", \"c\", \"d\"]}");
        list(built, "u1", "{\"version\": 1, \"list\": [\"x\", \"d\", \"b\", \"y\"]}");

        assertThat(store(rebuild.compare(built), "users").overlap()).isNull();
        Processor ranking =
                folding(
                        Counting.SOURCE.fold(),
                        Counting.USERS.sameBy(Sameness.of("$.list[*]").ranking("$.list", "")));
        PreparedProcessor _ = rebuild.preparing().prepare(ranking, built.generation());

        Comparison comparison = compare(built, 4);
        Comparison best = compare(built, 1);

        StoreComparison users = store(comparison, "users");
        assertThat(users.differing()).isEqualTo(1);
        assertThat(users.equal()).isEqualTo(5);
        assertThat(users.overlap()).isEqualTo(new ComparingGenerations.Overlap(2, 0.75, 1));
        assertThat(comparison.isSame()).isFalse();
        assertThat(comparison.top()).isEqualTo(4);
        // Of u1's lists, 'a' and 'x' are the first.
        assertThat(store(best, "users").overlap())
                .isEqualTo(new ComparingGenerations.Overlap(2, 0.5, 1));
        assertThat(store(best, "users").differing()).isEqualTo(1);
    }

    @Test
    void whatIsKeptTellsNoKeyAndNoValue() {
        rebuild.archive().lose(17);
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);
        assertThat(rebuild.comparing().kept(built.generation())).isEmpty();

        KeptComparison kept =
                rebuild.comparing().compareAndKeep(rebuild.live().generation(), built.generation());

        assertThat(rebuild.comparing().kept(built.generation())).contains(kept);
        assertThat(kept.found().unequal()).isEqualTo(2);
        assertThat(kept.found().behind()).isEqualTo(1);
        assertThat(kept.found().stores()).hasSize(2).allMatch(store -> store.examples().isEmpty());
        assertThat(database.rows("select unequal, found::text like '%u1%' from streams.comparison"))
                .containsExactly("2|f");
        rebuild.dropping().starve(built.generation(), 0);
        rebuild.dropping().drop(built.generation());
        assertThat(rebuild.comparing().kept(built.generation())).contains(kept);
    }

    private Comparison compare(PreparedProcessor built, int top) {
        return rebuild.comparing()
                .compare(rebuild.live().generation(), built.generation(), top, 10);
    }

    private void list(PreparedProcessor of, String key, String value) {
        database.execute(
                "update counting.users_g%d set value = '%s' where key = '%s'"
                        .formatted(of.generation().id(), value, key));
    }
}
