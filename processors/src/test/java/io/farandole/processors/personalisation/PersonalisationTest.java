package io.farandole.processors.personalisation;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.CATALOGUE;
import static io.farandole.events.TopicCatalogue.OPERATIONS;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.events.CatalogueEvent;
import io.farandole.events.Cause;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.OperationEvent;
import io.farandole.events.RecommendationEvent;
import io.farandole.events.UserId;
import io.farandole.processors.RandomActivity;
import io.farandole.processors.lists.Canary;
import io.farandole.processors.lists.Offering;
import io.farandole.processors.lists.Release;
import io.farandole.processors.lists.Releases;
import io.farandole.processors.lists.UserList;
import io.farandole.processors.lists.UserLists;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.taste.Assortment;
import io.farandole.recommenders.taste.KnownItem;
import io.farandole.recommenders.training.Training;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PersonalisationTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UserId ANN = new UserId("ann");
    private static final OfferId OFFER = new OfferId("offer");

    private static final Assortment ASSORTMENT =
            Assortment.of(
                    IntStream.range(0, 150)
                            .mapToObj(
                                    i ->
                                            new KnownItem(
                                                    "item-" + i,
                                                    List.of("category-" + i % 3),
                                                    150 - i))
                            .toList());

    private static final Releases NONE_BUT_TASTE = new Releases(List.of(Release.TASTE));

    private final Personalisation personalisation = new Personalisation(_ -> NONE_BUT_TASTE);
    private final ProcessorDriver driver =
            ProcessorDriver.of(personalisation.describe())
                    .pin(personalisation.releases(), NONE_BUT_TASTE)
                    .pin(Personalisation.ASSORTMENT, new Offering(true, ASSORTMENT));

    @Test
    void givesANewUserWhatIsPopular() {
        tell(new ActivityEvent.Registered(ANN, null), 0);

        assertThat(list().entries())
                .hasSize(100)
                .extracting(UserList.Entry::item)
                .startsWith("item-0", "item-1", "item-2");
        assertThat(list().entries().getFirst().why().popularity()).isEqualTo(1);
        assertThat(list().version()).isEqualTo(1);
    }

    @Test
    void rewritesTheListWithItsCauseOnEveryAct() {
        tell(new ActivityEvent.Registered(ANN, null), 0);
        Map<String, Float> before = scores();
        tell(rated("item-4", 5), 7);

        UserList list = list();
        assertThat(list.version()).isEqualTo(2);
        assertThat(list.causedBy()).isEqualTo(new Cause("driver", "event-1"));
        assertThat(list.at()).isEqualTo(NOON.plusSeconds(7));
        assertThat(scores()).doesNotContainKey("item-4");
        assertThat(scores().get("item-7")).isGreaterThan(before.get("item-7"));
        assertThat(scores().get("item-0")).isLessThan(before.get("item-0"));
        assertThat(list.entries().getFirst().item()).isEqualTo("item-1");
        assertThat(list.entries().getFirst().why().categories()).containsExactly("category-1");
    }

    @Test
    void saysThatTheListWasRefreshed() {
        tell(rated("item-4", 5), 7);

        Message<RecommendationEvent> said = driver.said(RECOMMENDATIONS).getFirst();
        assertThat(said.event())
                .isInstanceOfSatisfying(
                        RecommendationEvent.ListRefreshed.class,
                        refreshed -> {
                            assertThat(refreshed.version()).isEqualTo(1);
                            assertThat(refreshed.top())
                                    .hasSize(10)
                                    .startsWith(new ItemId("item-1"));
                        });
        assertThat(said.envelope().causedBy()).isEqualTo(new Cause("driver", "event-0"));
    }

    @Test
    void rewritesTheListOnceAUserAndBatch() {
        driver.pipeTogether(
                ACTIVITY,
                IntStream.range(0, 20)
                        .mapToObj(i -> driver.message(ACTIVITY, rated("item-" + i, 5), NOON))
                        .toList());

        assertThat(list().version()).isEqualTo(1);
        assertThat(driver.said(RECOMMENDATIONS)).hasSize(1);
        assertThat(list().causedBy()).isEqualTo(new Cause("driver", "event-19"));
    }

    @Test
    void leavesOutWhatWasBookedUntilTheBookingIsCancelled() {
        tell(new ActivityEvent.BookingMade(ANN, new ItemId("item-3"), OFFER, "b", 1, 0), 0);
        assertThat(scores()).doesNotContainKey("item-3");

        tell(new ActivityEvent.BookingCancelled(ANN, new ItemId("item-3"), OFFER, "b"), 1);
        assertThat(scores()).containsKey("item-3");
    }

    @Test
    void leavesInWhatWasOnlyLookedAt() {
        tell(new ActivityEvent.Viewed(ANN, new ItemId("item-3"), OFFER), 0);
        tell(new ActivityEvent.Favourited(ANN, new ItemId("item-3"), OFFER), 1);

        assertThat(scores()).containsKey("item-3");
    }

    @Test
    void listensToWhatTheUserNamed() {
        tell(new ActivityEvent.OnboardingAnswered(ANN, List.of("category-2")), 0);

        assertThat(list().entries().getFirst().item()).isEqualTo("item-2");
    }

    @Test
    void forgetsAnErasedUser() {
        tell(rated("item-4", 5), 0);
        tell(new ActivityEvent.Erased(ANN), 1);
        assertThat(driver.rows(Personalisation.LISTS)).isEmpty();
        assertThat(driver.rows(Personalisation.HISTORIES).values())
                .allSatisfy(history -> assertThat(history.facts().isEmpty()).isTrue());

        tell(rated("item-5", 5), 0);
        refresh();
        assertThat(driver.rows(Personalisation.LISTS)).isEmpty();

        tell(rated("item-5", 5), 2);
        assertThat(scores()).containsKey("item-4").doesNotContainKey("item-5");
    }

    @Test
    void keepsHistoriesInLittleSpace() {
        tell(rated("item-4", 4.5), 0);

        assertThat(
                        JsonMapper.shared()
                                .valueToTree(driver.row(Personalisation.HISTORIES.at("ann")))
                                .path("facts")
                                .toString())
                .isEqualTo(
                        "{\"sources\":[\"driver\"],"
                                + "\"lines\":[[\"item-4\",\"r\",4.5,1767268800,0,0,\"event-0\"]]}");
    }

    @Test
    void computesAListAnewWhenAskedTo() {
        tell(rated("item-4", 5), 0);
        driver.pin(
                Personalisation.ASSORTMENT,
                new Offering(
                        true,
                        Assortment.of(List.of(new KnownItem("new", List.of("category-1"), 1)))));
        refresh();

        assertThat(list().version()).isEqualTo(2);
        assertThat(list().entries()).extracting(UserList.Entry::item).containsExactly("new");
    }

    @Test
    void waitsWithActsUntilAFirstItemHasCome() {
        driver.pin(Personalisation.ASSORTMENT, new Offering(false, Assortment.of(List.of())));
        Outcome outcome = tell(rated("item-4", 5), 0);
        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        assertThat(driver.rows(Personalisation.LISTS)).isEmpty();

        driver.pin(Personalisation.ASSORTMENT, new Offering(true, ASSORTMENT));
        driver.retryWaiting();

        assertThat(list().entries()).hasSize(100);
        assertThat(list().causedBy()).isEqualTo(new Cause("driver", "event-0"));
    }

    @Test
    void foldsWhatWasDoneIntoTheModelOfEachReleaseThatHasLists() {
        Release served = new Release("r1", "models/a", model(), true);
        Release loading = new Release("r2", "models/b", model(), false);
        driver.pin(personalisation.releases(), new Releases(List.of(served, loading)));

        tell(rated("item-140", 5), 0);

        UserList list = list(served);
        assertThat(list.model()).isEqualTo("models/a");
        assertThat(list.sequence()).isEqualTo(1);
        assertThat(list.entries()).hasSize(100);
        UserList.Entry best = list.entries().getFirst();
        // The very users who like the one like the other.
        assertThat(best.item()).isEqualTo("item-144");
        assertThat(best.why().because()).containsExactly("item-140");
        assertThat(list(loading).entries()).isEqualTo(list.entries());
        assertThat(driver.said(RECOMMENDATIONS))
                .singleElement()
                .extracting(said -> ((RecommendationEvent.ListRefreshed) said.event()).release())
                .isEqualTo("r1");
    }

    @Test
    void tellsOfTheListThatTheUserIsServedWhereAReleaseIsTriedOnSome() {
        Release served = new Release("r1", "models/a", model(), true);
        Release tried = new Release("r2", "models/b", model(), false);
        Canary canary = new Canary("r2", 50);
        driver.pin(personalisation.releases(), new Releases(List.of(served, tried), canary));

        for (int user = 0; user < 20; user++) {
            driver.pipe(
                    ACTIVITY,
                    new ActivityEvent.Rated(
                            new UserId("user-" + user),
                            new ItemId("item-140"),
                            new OfferId("offer-140"),
                            5),
                    NOON);
        }

        List<RecommendationEvent.ListRefreshed> told =
                driver.said(RECOMMENDATIONS).stream()
                        .map(said -> (RecommendationEvent.ListRefreshed) said.event())
                        .toList();
        assertThat(told).hasSize(20);
        assertThat(told)
                .allSatisfy(
                        one ->
                                assertThat(one.release())
                                        .isEqualTo(
                                                canary.isTriedOn(one.user().value())
                                                        ? "r2"
                                                        : "r1"));
        assertThat(told.stream().map(RecommendationEvent.ListRefreshed::release).distinct())
                .containsExactlyInAnyOrder("r1", "r2");
    }

    @Test
    void listsByTasteWhereAModelHasLearntNothingOfWhatTheUserLikes() {
        tell(rated("item-4", 5), 0);
        List<UserList.Entry> byTaste = list().entries();
        Release served = new Release("r1", "models/a", model(), true);
        driver.pin(personalisation.releases(), new Releases(List.of(served)));

        refresh();

        assertThat(list(served).entries()).containsExactlyElementsOf(byTaste);
        assertThat(list(served).entries().getFirst().score()).isPositive();
        assertThat(list(served).model()).as("the model of a list that none made").isNull();
    }

    @Test
    void forgetsTheListsOfReleasesThatAreGone() {
        Release first = new Release("r1", "models/a", model(), true);
        Release second = new Release("r2", "models/b", model(), true);
        driver.pin(personalisation.releases(), new Releases(List.of(first)));
        tell(rated("item-140", 5), 0);
        driver.pin(personalisation.releases(), new Releases(List.of(second)));
        tell(rated("item-141", 5), 1);

        UserLists lists = Objects.requireNonNull(driver.row(Personalisation.LISTS.at("ann")));
        assertThat(lists.lists()).containsOnlyKeys("r2");
    }

    /** Whoever likes one of the last ten items likes most of them. */
    private static TrainedModel model() {
        List<Interaction> interactions = new ArrayList<>();
        for (int user = 0; user < 20; user++) {
            for (int item = 140; item < 150; item++) {
                if (item == 149 || (user + item) % 4 != 0) {
                    interactions.add(new Interaction("user-" + user, "item-" + item, 5, NOON));
                }
            }
            for (int item = 0; item < 10; item++) {
                interactions.add(new Interaction("other-" + user, "item-" + (10 + item), 5, NOON));
            }
        }
        return Training.train(ModelSpec.parse("item-knn:neighbours=5,shrink=0"), interactions);
    }

    @Test
    void asksForReferencesAsFreshAsTheRequest() {
        assertThat(personalisation.describe().sources())
                .filteredOn(source -> source.freshReferences())
                .extracting(source -> source.topic().name())
                .containsExactly("operations");
    }

    @Test
    void knowsWhichItemsMayBeRecommended() {
        ItemId item = new ItemId("film");
        list(item, OFFER, 0);
        assertThat(item("film").recommendable()).isTrue();
        assertThat(item("film").categories()).containsExactly("Comedy");

        driver.pipe(CATALOGUE, new CatalogueEvent.OfferModerated(item, OFFER, false, null), NOON);
        assertThat(item("film").recommendable()).isFalse();

        list(item, new OfferId("other"), 1);
        assertThat(item("film").recommendable()).isTrue();

        driver.pipe(
                CATALOGUE,
                new CatalogueEvent.OfferWithdrawn(item, new OfferId("other")),
                NOON.plusSeconds(2));
        assertThat(item("film").recommendable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void remembersTheSameInAnyOrder(long seed) {
        new RandomActivity(seed).pipeTo(driver, 120);
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            ItemId item = new ItemId("item-" + random.nextInt(4));
            OfferId offer = new OfferId("offer-" + random.nextInt(4));
            int second = random.nextInt(10);
            switch (random.nextInt(3)) {
                case 0 ->
                        driver.pipe(
                                CATALOGUE,
                                new CatalogueEvent.OfferWithdrawn(item, offer),
                                NOON.plusSeconds(second));
                case 1 ->
                        driver.pipe(
                                CATALOGUE,
                                new CatalogueEvent.OfferModerated(
                                        item, offer, random.nextBoolean(), null),
                                NOON.plusSeconds(second));
                default -> list(item, offer, second);
            }
        }

        driver.foldsCommute(seed, Personalisation.HISTORIES, Personalisation.ITEMS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void listsTheSameItemsInAnyOrderAfterARefresh(long seed) {
        new RandomActivity(seed).pipeTo(driver, 120);
        ProcessorDriver permuted = driver.permute(seed);

        for (String user : driver.rows(Personalisation.HISTORIES).keySet()) {
            assertThat(refreshed(permuted, user)).isEqualTo(refreshed(driver, user));
        }
    }

    /** So are lists made in a generation that has read the archive: once, after all histories. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void completesEverybodysListAsARefreshMakesIt(long seed) {
        new RandomActivity(seed).pipeTo(driver, 120);
        Map<String, List<UserList.Entry>> refreshed = new TreeMap<>();
        for (String user : driver.rows(Personalisation.HISTORIES).keySet()) {
            refreshed.put(user, refreshed(driver, user));
        }
        int said = driver.said(RECOMMENDATIONS).size();

        driver.complete();

        driver.rows(Personalisation.LISTS)
                .forEach(
                        (user, lists) -> {
                            UserList list = listIn(lists, Release.TASTE);
                            assertThat(list.entries()).isEqualTo(refreshed.get(user));
                            assertThat(list.version()).isEqualTo(1);
                        });
        assertThat(driver.rows(Personalisation.LISTS)).isNotEmpty();
        assertThat(driver.said(RECOMMENDATIONS)).as("nothing is said then").hasSize(said);
    }

    /** More of the archive may have been read when it is begun again. */
    @Test
    void completingAgainLeavesNoListOfWhoIsForgotten() {
        Processor described = personalisation.describe();
        Processor.Builder unsettled = Processor.named(described.name());
        described.sources().forEach(source -> unsettled.reads(source.unsettled()));
        described.stores().forEach(unsettled::keeps);
        described.references().forEach(unsettled::looksUp);
        described.sinks().forEach(unsettled::says);
        ProcessorDriver filling =
                ProcessorDriver.of(
                                unsettled
                                        .completedBy(Objects.requireNonNull(described.completion()))
                                        .build())
                        .pin(personalisation.releases(), NONE_BUT_TASTE)
                        .pin(Personalisation.ASSORTMENT, new Offering(true, ASSORTMENT));
        filling.pipe(ACTIVITY, rated("item-4", 5), NOON);
        assertThat(filling.rows(Personalisation.LISTS)).isEmpty();
        assertThat(filling.complete().rows(Personalisation.LISTS)).hasSize(1);

        filling.pipe(ACTIVITY, new ActivityEvent.Erased(ANN), NOON.plusSeconds(5));

        assertThat(filling.complete().rows(Personalisation.LISTS)).isEmpty();
    }

    private static List<UserList.Entry> refreshed(ProcessorDriver driver, String user) {
        driver.pipe(OPERATIONS, new OperationEvent.ListRefreshRequested(new UserId(user)), NOON);
        UserLists lists = driver.row(Personalisation.LISTS.at(user));
        return lists == null ? List.of() : listIn(lists, Release.TASTE).entries();
    }

    private void refresh() {
        driver.pipe(OPERATIONS, new OperationEvent.ListRefreshRequested(ANN), NOON);
    }

    private Outcome tell(ActivityEvent event, long second) {
        return driver.pipe(ACTIVITY, event, NOON.plusSeconds(second)).orElseThrow();
    }

    private void list(ItemId item, OfferId offer, long second) {
        driver.pipe(
                CATALOGUE,
                new CatalogueEvent.OfferListed(
                        item, offer, "Title", List.of("Comedy"), 0, true, null, null, null),
                NOON.plusSeconds(second));
    }

    private static ActivityEvent rated(String item, double value) {
        return new ActivityEvent.Rated(ANN, new ItemId(item), OFFER, value);
    }

    private UserList list() {
        return list(Release.TASTE);
    }

    private UserList list(Release release) {
        return listIn(Objects.requireNonNull(driver.row(Personalisation.LISTS.at("ann"))), release);
    }

    private static UserList listIn(UserLists lists, Release release) {
        return Objects.requireNonNull(lists.in(release));
    }

    private RecommendableItem item(String id) {
        return Objects.requireNonNull(driver.row(Personalisation.ITEMS.at(id)));
    }

    private Map<String, Float> scores() {
        return list().entries().stream()
                .collect(Collectors.toMap(UserList.Entry::item, UserList.Entry::score));
    }
}
