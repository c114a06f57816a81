package io.farandole.processors.archive;

import static io.farandole.processors.archive.Said.NOON;
import static io.farandole.processors.archive.Said.again;
import static io.farandole.processors.archive.Said.erased;
import static io.farandole.processors.archive.Said.rated;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.ArchivedEvents.Expired;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing;
import io.farandole.streams.Landing.Account;
import io.farandole.streams.Landing.Consignment;
import io.farandole.streams.Landing.Landed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every archive does. */
public abstract class ArchiveContract<A extends Archive & Landing> {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Selection ACTIVITY = Selection.of(TopicCatalogue.ACTIVITY);

    private A archive;

    /** A new, empty one. */
    protected abstract A archive(int retentionDays) throws IOException;

    @BeforeEach
    void open() throws IOException {
        archive = archive(40);
        archive.open();
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void readsEveryInternalTopicAndNoOther() {
        assertThat(archive.topics())
                .isEqualTo(
                        TopicCatalogue.all().stream()
                                .filter(topic -> topic.ring() == Topic.Ring.INTERNAL)
                                .toList());
        assertThat(archive.topics())
                .allSatisfy(topic -> assertThat(topic.readers()).contains(archive.name()));
    }

    @Test
    void givesTheNextOnesAndSaysWhichAreWithheld() throws IOException {
        land(
                rated("1", "film", 4, NOON, 1),
                rated("2", "film", 4, NOON, 11),
                erased("1", NOON.plus(DAY), 12),
                rated("1", "other", 4, NOON, 2),
                rated("1", "third", 4, NOON.plus(DAY.multipliedBy(2)), 3));

        List<Kept> two = archive.next(ACTIVITY, 2);
        List<Kept> rest = archive.next(ACTIVITY.after(2), 9);

        assertThat(two).extracting(Kept::withheld).containsExactly(true, false);
        assertThat(rest).extracting(Kept::withheld).containsExactly(false, true, false);
        assertThat(rest).extracting(kept -> kept.row().position()).containsExactly(3L, 4L, 5L);
        assertThat(archive.next(ACTIVITY.after(5), 2)).isEmpty();
    }

    @Test
    void givesTheNextOnesHoweverFarApartTheyAre() throws IOException {
        List<Delivery> many = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            many.add(rated(i == 400 || i == 1_000 ? "rare" : "often", "film", 4, NOON, i));
        }
        land(many.toArray(Delivery[]::new));
        Selection rare = ACTIVITY.ofKeys("user:rare");

        assertThat(archive.next(rare, 3))
                .extracting(kept -> kept.row().position())
                .containsExactly(400L, 1_000L);
        assertThat(archive.next(rare, 1))
                .extracting(kept -> kept.row().position())
                .containsExactly(400L);
        assertThat(archive.next(rare.after(400), 1))
                .extracting(kept -> kept.row().position())
                .containsExactly(1_000L);
        assertThat(archive.next(rare.after(1_000), 1)).isEmpty();
    }

    @Test
    void givesBackWhatLandedInTheOrderOfPositions() throws IOException {
        Delivery one = rated("1", "film", 4.5, NOON, 1);
        Delivery two = rated("2", "film", 3, NOON.minus(DAY), 2);
        Delivery three = rated("1", "other", 1, NOON, 3);

        assertThat(land(one, two).fresh()).containsExactly(2);
        land(three);

        List<Raw> rows = read(ACTIVITY);
        assertThat(rows).extracting(Raw::position).containsExactly(1L, 2L, 3L);
        assertThat(rows).extracting(Raw::id).containsExactly(ids(one, two, three));
        Raw first = rows.getFirst();
        assertThat(first.topic()).isEqualTo("activity");
        assertThat(first.key()).isEqualTo("user:1");
        assertThat(first.source()).isEqualTo("//farandole/ingestion");
        assertThat(first.sequence()).isEqualTo(1);
        assertThat(first.eventTime()).isEqualTo(NOON);
        assertThat(first.publishTime()).isEqualTo(one.publishTime());
        assertThat(first.payload()).isEqualTo(one.data());
        assertThat(first.attributes())
                .containsEntry("ce-causedbyid", "source-1")
                .doesNotContainKey("googclient_schemaencoding");
    }

    @Test
    void keepsAnythingWhole() throws IOException {
        byte[] bytes = {0, 1, (byte) 0xff, (byte) 0xc3, 0x28};
        String odd = "nul \0, quote ', emoji \uD83C\uDFAC, line\n, backslash \\, lone \uD800 end";
        Delivery nothing = Said.message("", Map.of(), new byte[0], NOON);
        Delivery junk =
                Said.message(
                        "key \0 \uD83C\uDFAC",
                        Map.of("ce-id", odd, "ce-time", "yesterday", "ce-sequence", "x", "o", odd),
                        bytes,
                        NOON);
        Delivery far =
                Said.message(
                        "far",
                        Map.of("ce-id", "1", "ce-source", "s", "ce-time", "9999-12-31T23:59:59Z"),
                        bytes,
                        NOON);

        land(nothing, junk, far);
        land(far, junk, nothing);

        List<Raw> rows = read(ACTIVITY);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).payload()).isEmpty();
        assertThat(rows.get(1).payload()).isEqualTo(bytes);
        assertThat(rows.get(1).key()).isEqualTo("key \0 \uD83C\uDFAC");
        assertThat(rows.get(1).id()).startsWith("nul \0, quote ', emoji \uD83C\uDFAC, line\n");
        assertThat(rows.get(1).eventTime()).isNull();
        assertThat(rows.get(2).eventTime()).isEqualTo("9999-12-31T23:59:59Z");
    }

    @Test
    void landsEachEventOnceHoweverOftenAndWheneverItComes() throws IOException {
        Delivery one = rated("1", "film", 4.5, NOON, 1);
        Delivery undated =
                Said.message("k", Map.of("ce-id", "mine", "ce-source", "s"), new byte[0], NOON);
        Delivery late = again(one, one.publishTime().plus(DAY));

        assertThat(land(one, undated, one).fresh()).containsExactly(2);
        assertThat(land(late, rated("1", "film", 4.5, NOON, 2)).fresh()).containsExactly(1);
        assertThat(land(again(undated, NOON.plus(DAY.multipliedBy(20)))).fresh())
                .containsExactly(0);

        assertThat(read(ACTIVITY)).hasSize(3).extracting(Raw::position).containsExactly(1L, 2L, 3L);
    }

    @Test
    void countsWhatCameByTheHourOfItsPublication() throws IOException {
        Delivery one = rated("1", "film", 4.5, NOON, 1);
        Delivery two = rated("1", "film", 4.5, NOON, 2);
        Instant later = NOON.plus(Duration.ofHours(3));

        land(one, two, one);
        Landed landed = land(again(two, later));

        Account noon = new Account("activity", NOON, 3, 2, 1);
        Account afternoon = new Account("activity", later, 1, 0, 1);
        assertThat(landed.accounts()).containsExactly(afternoon);
        assertThat(archive.accounts()).containsExactly(noon, afternoon);
    }

    @Test
    void landsSeveralTopicsAtOnceAndCountsEachForItself() throws IOException {
        Delivery one = rated("1", "film", 4.5, NOON, 1);
        Delivery tick = Said.message("schedule:tea", Map.of("ce-id", "t"), new byte[0], NOON);

        Landed landed =
                archive.land(
                        List.of(
                                new Consignment(TopicCatalogue.TICKS, List.of(tick)),
                                new Consignment(TopicCatalogue.IMPRESSIONS, List.of()),
                                new Consignment(TopicCatalogue.ACTIVITY, List.of(one, one)),
                                new Consignment(TopicCatalogue.TRAINING, List.of())),
                        NOON);

        assertThat(landed.fresh()).containsExactly(1, 0, 1, 0);
        assertThat(landed.accounts())
                .containsExactly(
                        new Account("activity", NOON, 2, 1, 1),
                        new Account("ticks", NOON, 1, 1, 0));
        assertThat(read(Selection.of(TopicCatalogue.TICKS, TopicCatalogue.ACTIVITY)))
                .extracting(Raw::topic)
                .containsExactly("ticks", "activity");
        assertThat(read(Selection.of(TopicCatalogue.TRAINING))).isEmpty();
        assertThat(archive.extent().topics())
                .containsExactly(new Extent.OfTopic("activity", 1), new Extent.OfTopic("ticks", 1));
        assertThat(archive.extent().rows()).isEqualTo(2);
        assertThat(archive.extent().oldestDay()).isEqualTo("2026-03-01");
        assertThat(archive.extent().retentionDays()).isEqualTo(40);
    }

    @Test
    void readsFromAPositionATimeAndOfSomeKeys() throws IOException {
        for (int i = 1; i <= 30; i++) {
            land(rated("" + i % 3, "film-" + i, 4, NOON, i));
        }
        List<Raw> all = read(ACTIVITY);

        assertThat(positions(ACTIVITY.after(28))).containsExactly(29L, 30L);
        assertThat(positions(ACTIVITY.publishedFrom(all.get(27).publishTime())))
                .containsExactly(28L, 29L, 30L);
        assertThat(positions(ACTIVITY.ofKeys("user:1", "user:none").after(20)))
                .containsExactly(22L, 25L, 28L);
        assertThat(archive.read(ACTIVITY, _ -> {})).isEqualTo(30);
        assertThat(archive.read(ACTIVITY.after(30), _ -> {})).isEqualTo(30);
    }

    @Test
    void readsManyPortionsInOrder() throws IOException {
        List<Delivery> many = new ArrayList<>();
        for (int i = 1; i <= 25_000; i++) {
            many.add(rated("" + i % 7, "film", 4, NOON, i));
        }
        land(many.toArray(Delivery[]::new));

        List<Long> positions = positions(ACTIVITY);
        assertThat(positions).hasSize(25_000).isSorted().doesNotHaveDuplicates();
        assertThat(positions(ACTIVITY.ofKeys("user:3"))).hasSize(25_000 / 7 + 1).isSorted();
    }

    @Test
    void readsWhatIsThereWhenItBegins() throws IOException {
        land(rated("1", "film", 4, NOON, 1));
        List<Long> seen = new ArrayList<>();

        long end =
                archive.read(
                        ACTIVITY,
                        row -> {
                            seen.add(row.position());
                            land(rated("1", "film", 4, NOON, 100 + seen.size()));
                        });

        assertThat(seen).containsExactly(1L);
        assertThat(positions(ACTIVITY.after(end))).containsExactly(2L);
    }

    @Test
    void withholdsWhatWasToldOfAUserUntilTheErasure() throws IOException {
        Instant erasure = NOON.minus(DAY);
        land(
                rated("1", "before", 4, erasure.minusSeconds(1), 1),
                rated("2", "of another", 4, erasure.minusSeconds(1), 2),
                rated("1", "at once, told first", 4, erasure, 3),
                erased("1", erasure, 4),
                rated("1", "at once, told last", 4, erasure, 5),
                rated("1", "after", 4, erasure.plusSeconds(1), 6));
        land(rated("1", "heard late", 4, erasure.minusSeconds(9), 7));
        archive.land(
                List.of(
                        new Consignment(
                                TopicCatalogue.RECOMMENDATIONS,
                                List.of(again(rated("1", "list", 4, NOON.minus(DAY), 8), NOON)))),
                NOON);

        assertThat(positions(ACTIVITY)).containsExactly(2L, 4L, 5L, 6L);
        assertThat(positions(ACTIVITY.ofKeys("user:1"))).containsExactly(4L, 5L, 6L);
        // Told at the same moment, by a source event that sorts after the erasure's.
        assertThat(positions(Selection.of(TopicCatalogue.RECOMMENDATIONS))).containsExactly(8L);

        land(erased("1", NOON.plus(DAY), 9), erased("1", NOON.minus(DAY.multipliedBy(9)), 10));

        assertThat(positions(ACTIVITY)).containsExactly(2L, 4L, 9L, 10L);
        assertThat(positions(Selection.of(TopicCatalogue.RECOMMENDATIONS))).isEmpty();
        assertThat(archive.extent().rows()).isEqualTo(10);
    }

    @Test
    void sumsUpEachTopicAndDayInWhateverOrder() throws Exception {
        List<Delivery> all = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            Delivery one = rated("" + i % 7, "film \uD83C\uDFAC", 4, NOON, i);
            all.add(again(one, NOON.plus(Duration.ofHours(i))));
        }
        land(all.toArray(Delivery[]::new));
        List<Checksum> sums = archive.checksums(List.of(TopicCatalogue.ACTIVITY));

        assertThat(sums).isEqualTo(sums(read(ACTIVITY)));
        assertThat(sums).hasSize(9);
        assertThat(sums.getFirst().day()).isEqualTo("2026-03-01");
        assertThat(sums.getFirst().rows()).isEqualTo(11);
        assertThat(archive.checksums(List.of(TopicCatalogue.TICKS))).isEmpty();
        try (Other<A> other = new Other<>(archive(40))) {
            other.archive().open();
            List<Delivery> backwards = all.reversed();
            for (int i = 0; i < backwards.size(); i += 20) {
                List<Delivery> some = backwards.subList(i, i + 20);
                other.archive().land(List.of(new Consignment(TopicCatalogue.ACTIVITY, some)), NOON);
            }
            assertThat(other.archive().checksums(List.of(TopicCatalogue.ACTIVITY))).isEqualTo(sums);
        }
        land(rated("1", "one more", 4, NOON, 999));
        assertThat(archive.checksums(List.of(TopicCatalogue.ACTIVITY)).getFirst().hash())
                .isNotEqualTo(sums.getFirst().hash());
    }

    @Test
    void forgetsDaysPastTheRetentionAndNothingElse() throws IOException {
        Instant old = NOON.minus(DAY.multipliedBy(40));
        land(
                again(rated("1", "older", 4, NOON, 1), old.minus(DAY)),
                again(rated("1", "old", 4, NOON, 2), old),
                rated("1", "young", 4, NOON, 3));
        assertThat(archive.expired(ACTIVITY.topics())).isEmpty();
        archive.keepHouse(NOON);

        assertThat(positions(ACTIVITY)).containsExactly(2L, 3L);
        assertThat(archive.expired(ACTIVITY.topics()))
                .containsExactly(new Expired("activity", old.minus(DAY), 1));
        assertThat(archive.expired(Set.of("ticks"))).isEmpty();
        assertThat(archive.extent().oldestDay()).isEqualTo(LocalDate.parse("2026-01-20"));

        archive.keepHouse(NOON.plus(DAY.multipliedBy(100)));
        assertThat(positions(ACTIVITY)).isEmpty();
        land(rated("1", "next", 4, NOON, 4));
        assertThat(positions(ACTIVITY)).containsExactly(4L);
        assertThat(archive.accounts()).hasSize(3);
    }

    /** The sums computed here, row by row. */
    private static List<Checksum> sums(List<Raw> rows) {
        List<Checksum> sums = new ArrayList<>();
        for (Raw row : rows) {
            LocalDate day = LocalDate.parse(row.publishTime().toString().substring(0, 10));
            if (sums.isEmpty() || !sums.getLast().day().equals(day)) {
                sums.add(new Checksum(row.topic(), day, 0, 0));
            }
            sums.set(sums.size() - 1, sums.getLast().plus(row));
        }
        return sums;
    }

    private Landed land(Delivery... deliveries) throws IOException {
        return archive.land(
                List.of(new Consignment(TopicCatalogue.ACTIVITY, List.of(deliveries))), NOON);
    }

    private List<Raw> read(Selection selection) throws IOException {
        List<Raw> rows = new ArrayList<>();
        archive.read(selection, rows::add);
        return rows;
    }

    private List<Long> positions(Selection selection) throws IOException {
        return read(selection).stream().map(Raw::position).toList();
    }

    private static String[] ids(Delivery... deliveries) {
        return Arrays.stream(deliveries)
                .map(delivery -> delivery.attributes().get("ce-id"))
                .toArray(String[]::new);
    }

    private record Other<B extends Archive & Landing>(B archive) implements AutoCloseable {
        @Override
        public void close() {
            archive.close();
        }
    }
}
