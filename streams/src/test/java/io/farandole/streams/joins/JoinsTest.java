package io.farandole.streams.joins;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.CATALOGUE;
import static io.farandole.events.TopicCatalogue.IMPRESSIONS;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Rated;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.CatalogueEvent;
import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.UserId;
import io.farandole.streams.Context;
import io.farandole.streams.JoinWindows;
import io.farandole.streams.LatePolicy;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Store;
import io.farandole.streams.Told;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    record Title(String title, Told told) implements Telling {}

    record Stars(double given, Told told) implements Telling {}

    record Review(String title, double stars) {}

    private static final Store<Title> TITLES = new Store<>("titles", Title.class);
    private static final Store<Stars> STARS = new Store<>("stars", Stars.class);
    private static final Store<Review> REVIEWS = new Store<>("reviews", Review.class);

    private static final Table<CatalogueEvent, Title> TITLE_TABLE =
            new Table<>(
                    CATALOGUE,
                    TITLES,
                    event -> event instanceof OfferListed listed ? listed.offer().value() : null,
                    message ->
                            new Title(((OfferListed) message.event()).title(), Told.by(message)));
    private static final Table<ActivityEvent, Stars> STARS_TABLE =
            new Table<>(
                    ACTIVITY,
                    STARS,
                    event -> event instanceof Rated rated ? rated.offer().value() : null,
                    message -> new Stars(((Rated) message.event()).value(), Told.by(message)));

    @Test
    void aStreamWaitsForTheRowOfItsTable() {
        ProcessorDriver driver = views(true);

        assertThat(driver.pipe(ACTIVITY, viewed("ann", "a"), NOON))
                .contains(new Outcome.Waiting("no titles a yet", TITLES.at("a")));
        driver.pipe(CATALOGUE, listed("a", "Alien"), NOON.plusSeconds(1));
        driver.retryWaiting();
        driver.pipe(CATALOGUE, listed("a", "Aliens"), NOON.plusSeconds(3));
        driver.pipe(CATALOGUE, listed("a", "Older"), NOON.plusSeconds(2));
        driver.pipe(ACTIVITY, viewed("bob", "a"), NOON);

        assertThat(pairs(driver)).containsExactly("ann Alien", "bob Aliens");
        assertThat(driver.counts(ACTIVITY).waiting()).isZero();
    }

    @Test
    void aLeftJoinWaitsForNothing() {
        ProcessorDriver driver = views(false);

        driver.pipe(ACTIVITY, viewed("ann", "a"), NOON);
        driver.pipe(CATALOGUE, listed("a", "Alien"), NOON);
        driver.pipe(ACTIVITY, viewed("bob", "a"), NOON);

        assertThat(pairs(driver)).containsExactly("ann nothing", "bob Alien");
    }

    @Test
    void twoTablesMakeAThird() {
        ProcessorDriver driver = reviews();

        driver.pipe(CATALOGUE, listed("a", "Alien"), NOON);
        driver.pipe(ACTIVITY, rated("b", 2), NOON);
        assertThat(driver.rows(REVIEWS)).isEmpty();

        driver.pipe(ACTIVITY, rated("a", 4), NOON.plusSeconds(2));
        driver.pipe(ACTIVITY, rated("a", 1), NOON.plusSeconds(1));
        driver.pipe(CATALOGUE, listed("b", "Brazil"), NOON);
        driver.pipe(CATALOGUE, listed("b", "Brasil"), NOON.plusSeconds(1));

        assertThat(driver.rows(REVIEWS))
                .containsOnlyKeys("a", "b")
                .containsEntry("a", new Review("Alien", 4))
                .containsEntry("b", new Review("Brasil", 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatTwoTablesMakeDoesNotDependOnTheOrder(long seed) {
        ProcessorDriver driver = reviews();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            String offer = "o" + random.nextInt(4);
            Instant at = NOON.plusSeconds(random.nextInt(20));
            if (random.nextBoolean()) {
                driver.pipe(CATALOGUE, listed(offer, "t" + i), at);
            } else {
                driver.pipe(ACTIVITY, rated(offer, 1 + i % 5), at);
            }
        }

        driver.foldsCommute(seed);
    }

    @Test
    void streamsMeetWithinTheirWindow() {
        ProcessorDriver driver = meetings(Duration.ZERO);

        driver.pipe(IMPRESSIONS, served("ann", "list1"), NOON);
        driver.pipe(ACTIVITY, viewed("ann", "a"), minutes(30));
        driver.pipe(ACTIVITY, viewed("bob", "b"), minutes(30));
        driver.pipe(ACTIVITY, viewed("ann", "c"), minutes(31));
        driver.pipe(IMPRESSIONS, served("ann", "list2"), minutes(20));

        assertThat(pairs(driver)).containsExactly("ann list1 a", "ann list2 a", "ann list2 c");
        assertThat(driver.said(RECOMMENDATIONS))
                .extracting(message -> message.envelope().time())
                .containsExactly(minutes(30), minutes(30), minutes(31));
    }

    @Test
    void whatFindsNothingAnyMoreIsForgottenAndWhatIsLateIsDropped() {
        ProcessorDriver driver = meetings(Duration.ofMinutes(5));
        driver.pipe(IMPRESSIONS, served("ann", "list1"), NOON);
        driver.advanceEventTime(minutes(65));

        // The last that can meet it, and is in time for that.
        driver.pipe(ACTIVITY, viewed("ann", "a"), minutes(30));
        assertThat(driver.pipe(ACTIVITY, viewed("ann", "b"), minutes(29)))
                .containsInstanceOf(Outcome.Late.class);
        driver.advanceEventTime(minutes(66));

        assertThat(pairs(driver)).containsExactly("ann list1 a");
        assertThat(driver.timers()).containsOnlyKeys(driver.timers().firstKey());
        driver.advanceEventTime(minutes(96));
        assertThat(driver.timers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyPairIsJoinedOnceInAnyOrder(long seed) {
        ProcessorDriver driver = meetings(Duration.ofDays(1));
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        List<int[]> lists = new ArrayList<>();
        List<int[]> views = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int user = random.nextInt(3);
            int minute = random.nextInt(200);
            if (random.nextBoolean()) {
                driver.pipe(IMPRESSIONS, served("u" + user, "l" + i), minutes(minute));
                lists.add(new int[] {i, user, minute});
            } else {
                driver.pipe(ACTIVITY, viewed("u" + user, "v" + i), minutes(minute));
                views.add(new int[] {i, user, minute});
            }
        }
        for (int[] list : lists) {
            for (int[] view : views) {
                if (list[1] == view[1] && Math.abs(list[2] - view[2]) <= 30) {
                    expected.add("u" + list[1] + " l" + list[0] + " v" + view[0]);
                }
            }
        }

        assertThat(expected).isNotEmpty();
        assertThat(pairs(driver)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(pairs(driver.duplicate().permute(seed)))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(pairs(driver.inBatchesOf(7, 3))).containsExactlyInAnyOrderElementsOf(expected);
        driver.foldsCommute(seed);
    }

    @Test
    void aLeftJoinTellsOnceOfWhatFoundNothing() {
        ProcessorDriver driver = leftMeetings(Duration.ofMinutes(5));

        driver.pipe(IMPRESSIONS, served("ann", "met"), NOON);
        driver.pipe(ACTIVITY, viewed("ann", "a"), minutes(30));
        driver.pipe(ACTIVITY, viewed("bob", "b"), NOON);
        driver.pipe(IMPRESSIONS, served("bob", "met"), minutes(1));
        driver.pipe(IMPRESSIONS, served("cat", "alone"), minutes(2));
        driver.pipe(ACTIVITY, viewed("dan", "right"), minutes(2));
        driver.advanceEventTime(minutes(67));
        assertThat(pairs(driver)).containsExactly("ann met a", "bob met b");

        driver.advanceEventTime(minutes(68));
        driver.advanceEventTime(minutes(200));

        assertThat(pairs(driver)).containsExactly("ann met a", "bob met b", "cat alone");
        assertThat(driver.said(RECOMMENDATIONS).getLast().envelope().time()).isEqualTo(minutes(2));
        assertThat(driver.timers()).isEmpty();
    }

    @Test
    void aLeftJoinWaitsForTheLastThatCouldStillMeet() {
        ProcessorDriver driver = leftMeetings(Duration.ofMinutes(5));
        driver.pipe(IMPRESSIONS, served("ann", "list"), NOON);
        driver.advanceEventTime(minutes(65));

        driver.pipe(ACTIVITY, viewed("ann", "a"), minutes(30));
        driver.advanceEventTime(minutes(200));

        assertThat(pairs(driver)).containsExactly("ann list a");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyoneOfALeftStreamIsToldOfInAnyOrder(long seed) {
        ProcessorDriver driver = leftMeetings(Duration.ofDays(1));
        Random random = new Random(seed);
        List<int[]> lists = new ArrayList<>();
        List<int[]> views = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int user = random.nextInt(4);
            int minute = random.nextInt(600);
            if (random.nextBoolean()) {
                driver.pipe(IMPRESSIONS, served("u" + user, "l" + i), minutes(minute));
                lists.add(new int[] {i, user, minute});
            } else {
                driver.pipe(ACTIVITY, viewed("u" + user, "v" + i), minutes(minute));
                views.add(new int[] {i, user, minute});
            }
        }
        List<String> expected = new ArrayList<>();
        for (int[] list : lists) {
            List<int[]> near =
                    views.stream()
                            .filter(view -> list[1] == view[1])
                            .filter(view -> Math.abs(list[2] - view[2]) <= 30)
                            .toList();
            String one = "u" + list[1] + " l" + list[0];
            near.forEach(view -> expected.add(one + " v" + view[0]));
            if (near.isEmpty()) {
                expected.add(one);
            }
        }

        for (ProcessorDriver each :
                List.of(driver, driver.duplicate().permute(seed), driver.inBatchesOf(7, 3))) {
            each.advanceEventTime(minutes(600 + 61 + 1440));
            assertThat(pairs(each)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void aJoinCannotUpdateWhatIsLate() {
        assertThatThrownBy(
                        () ->
                                JoinWindows.ofTimeDifference(Duration.ZERO)
                                        .whenLate(LatePolicy.UPDATE))
                .hasMessageContaining("cannot update");
    }

    private static ProcessorDriver views(boolean inner) {
        return ProcessorDriver.of(
                Processor.named("views")
                        .reads(TITLE_TABLE.source())
                        .reads(
                                inner
                                        ? StreamTableJoin.inner(
                                                ACTIVITY,
                                                TITLES,
                                                JoinsTest::offerOf,
                                                (message, touched) -> {},
                                                JoinsTest::tell)
                                        : StreamTableJoin.left(
                                                ACTIVITY,
                                                TITLES,
                                                JoinsTest::offerOf,
                                                (message, touched) -> {},
                                                (message, row, context) ->
                                                        tell(
                                                                message,
                                                                row == null
                                                                        ? new Title(
                                                                                "nothing",
                                                                                Told.by(message))
                                                                        : row,
                                                                context)))
                        .keeps(TITLES)
                        .says(RECOMMENDATIONS)
                        .build());
    }

    private static @Nullable String offerOf(ActivityEvent event) {
        return event instanceof Viewed viewed ? viewed.offer().value() : null;
    }

    private static Outcome tell(Message<ActivityEvent> message, Title title, Context context) {
        Viewed viewed = (Viewed) message.event();
        context.say(RECOMMENDATIONS, new ListRefreshed(viewed.user(), 1, List.of(), title.title()));
        return Outcome.APPLIED;
    }

    private static ProcessorDriver reviews() {
        TableTableJoin<CatalogueEvent, ActivityEvent, Title, Stars, Review> join =
                new TableTableJoin<>(
                        TITLE_TABLE,
                        STARS_TABLE,
                        REVIEWS,
                        (title, stars) ->
                                title == null || stars == null
                                        ? null
                                        : new Review(title.title(), stars.given()));
        return ProcessorDriver.of(
                Processor.named("reviews")
                        .reads(join.leftSource())
                        .reads(join.rightSource())
                        .keeps(TITLES)
                        .keeps(STARS)
                        .keeps(REVIEWS)
                        .build());
    }

    private static ProcessorDriver meetings(Duration grace) {
        Meetings meetings = new Meetings(grace);
        return ProcessorDriver.of(meetings.processor(meetings.served(), meetings.viewed()));
    }

    private static ProcessorDriver leftMeetings(Duration grace) {
        Meetings meetings = Meetings.left(grace);
        return ProcessorDriver.of(meetings.processor(meetings.served(), meetings.viewed()));
    }

    private static List<String> pairs(ProcessorDriver driver) {
        return driver.said(RECOMMENDATIONS).stream()
                .map(message -> (ListRefreshed) message.event())
                .map(
                        said ->
                                said.user()
                                        + " "
                                        + said.release()
                                        + (said.top().isEmpty() ? "" : " " + said.top().getFirst()))
                .toList();
    }

    private static Instant minutes(int many) {
        return NOON.plus(Duration.ofMinutes(many));
    }

    private static Viewed viewed(String user, String offer) {
        return new Viewed(new UserId(user), new ItemId(offer), new OfferId(offer));
    }

    private static Rated rated(String offer, double stars) {
        return new Rated(new UserId("ann"), new ItemId(offer), new OfferId(offer), stars);
    }

    private static OfferListed listed(String offer, String title) {
        return new OfferListed(
                new ItemId(offer), new OfferId(offer), title, List.of(), 0, true, null, null, null);
    }

    private static PlaylistServed served(String user, String call) {
        return new PlaylistServed(new UserId(user), List.of(), call, "model", null, null, null);
    }
}
