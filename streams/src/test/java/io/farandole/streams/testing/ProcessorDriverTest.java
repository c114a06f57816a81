package io.farandole.streams.testing;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.INTERACTIONS;
import static io.farandole.events.TopicCatalogue.OFFERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Cause;
import io.farandole.events.InteractionEvent;
import io.farandole.events.InteractionEvent.Rated;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.streams.Context;
import io.farandole.streams.Fold;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Stepped;
import io.farandole.streams.Store;
import io.farandole.streams.Told;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessorDriverTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UserId ANN = new UserId("ann");
    private static final OfferId BOOK = new OfferId("book");

    /** Stars, as many as a user gave. */
    record Stars(int given, Told last) {}

    record Shelf(String title) {}

    private static final Store<Stars> STARS = new Store<>("stars", Stars.class);
    private static final Store<Shelf> SHELF = new Store<>("shelf", Shelf.class);

    private final ProcessorDriver driver = ProcessorDriver.of(stars(ProcessorDriverTest::add));

    @Test
    void foldsWhatIsPipedAndTellsWhatItSaid() {
        publishBook();

        assertThat(driver.pipe(INTERACTIONS, rated(4), NOON)).contains(Outcome.APPLIED);

        assertThat(driver.row(STARS.at("ann")))
                .isEqualTo(new Stars(4, new Told(NOON, "driver", "event-1")));
        Message<ActivityEvent> said = driver.said(ACTIVITY).getFirst();
        assertThat(said.event())
                .isEqualTo(new ActivityEvent.Rated(ANN, new ItemId("item-book"), BOOK, 4));
        assertThat(said.envelope().causedBy()).isEqualTo(new Cause("driver", "event-1"));
        assertThat(said.envelope().causationId()).isEqualTo("event-1");
        assertThat(said.envelope().sequence()).isEqualTo(1);
    }

    @Test
    void givesTheSameIdsEachTime() {
        publishBook();
        driver.pipe(INTERACTIONS, rated(4), NOON);
        driver.pipe(INTERACTIONS, rated(5), NOON);

        assertThat(driver.inBatchesOf(3).said(ACTIVITY)).isEqualTo(driver.said(ACTIVITY));
        assertThat(driver.said(ACTIVITY))
                .extracting(message -> message.envelope().sequence())
                .containsExactly(1L, 2L);
    }

    @Test
    void appliesDuplicatesOnce() {
        publishBook();
        driver.pipe(INTERACTIONS, rated(4), NOON);

        driver.duplicate().redeliverFrom(1);

        assertThat(driver.row(STARS.at("ann"))).extracting("given").isEqualTo(4);
        assertThat(driver.counts(INTERACTIONS)).isEqualTo(new Counts(3, 1, 2, 0, 0, 0, 0));
        assertThat(driver.said(ACTIVITY)).hasSize(1);
    }

    @Test
    void appliesATwinInTheSameBatchOnce() {
        publishBook();
        Message<InteractionEvent> one = message(4);

        assertThat(driver.pipeTogether(INTERACTIONS, List.of(one, one)))
                .containsExactly(Optional.of(Outcome.APPLIED), Optional.empty());

        assertThat(driver.row(STARS.at("ann"))).extracting("given").isEqualTo(4);
    }

    @Test
    void keepsWhatWaitsAndRetriesIt() {
        assertThat(driver.pipe(INTERACTIONS, rated(4), NOON))
                .contains(new Outcome.Waiting("no offer book"));
        assertThat(driver.counts(INTERACTIONS).waiting()).isEqualTo(1);
        assertThat(driver.row(STARS.at("ann"))).isNull();

        publishBook();
        driver.retryWaiting();

        assertThat(driver.counts(INTERACTIONS)).isEqualTo(new Counts(1, 1, 0, 0, 0, 0, 0));
        assertThat(driver.row(STARS.at("ann"))).extracting("given").isEqualTo(4);
    }

    @Test
    void countsWhatAStepRefuses() {
        publishBook();

        assertThat(driver.pipe(INTERACTIONS, rated(0.5), NOON))
                .contains(new Outcome.Rejected("is too few", "$.rated.value"));

        assertThat(driver.counts(INTERACTIONS)).isEqualTo(new Counts(1, 0, 0, 0, 1, 0, 0));
        assertThat(driver.counts(INTERACTIONS).balances()).isTrue();
    }

    @Test
    void keepsAPoisonousMessageFromItsNeighbours() {
        publishBook();

        List<Optional<Outcome>> outcomes =
                driver.pipeTogether(INTERACTIONS, List.of(message(4), message(4.5), message(5)));

        assertThat(outcomes)
                .extracting(outcome -> outcome.orElseThrow().getClass().getSimpleName())
                .containsExactly("Applied", "Failed", "Applied");
        assertThat(driver.row(STARS.at("ann"))).extracting("given").isEqualTo(9);
        assertThat(driver.counts(INTERACTIONS)).isEqualTo(new Counts(3, 2, 0, 0, 0, 1, 0));
        assertThat(driver.failures()).hasSize(1);
    }

    @Test
    void findsThatFoldsCommute() {
        publishBook();
        for (int stars = 1; stars <= 5; stars++) {
            driver.pipe(INTERACTIONS, rated(stars), NOON.plusSeconds(stars));
        }

        assertThatCode(() -> driver.foldsCommute(7)).doesNotThrowAnyException();
        assertThat(driver.permute(7).retryWaiting().rows(STARS)).isEqualTo(driver.rows(STARS));
    }

    @Test
    void findsThatFoldsDoNotCommuteAndNamesRowAndSeed() {
        ProcessorDriver forgetful =
                ProcessorDriver.of(
                        stars((had, rated, told) -> new Stars((int) rated.value(), told)));
        forgetful.pipe(OFFERS, book(), NOON);
        for (int stars = 1; stars <= 5; stars++) {
            forgetful.pipe(INTERACTIONS, rated(stars), NOON.plusSeconds(stars));
        }

        assertThatThrownBy(() -> forgetful.foldsCommute(7))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("stars/ann")
                .hasMessageContaining("seed 7");
    }

    @Test
    void refusesATopicThatTheProcessorDoesNotRead() {
        assertThatThrownBy(
                        () -> driver.pipe(ACTIVITY, new ActivityEvent.Registered(ANN, null), NOON))
                .hasMessage("stars does not read activity");
    }

    private void publishBook() {
        driver.pipe(OFFERS, book(), NOON);
    }

    private static OfferEvent book() {
        return new OfferEvent.Published(BOOK, null, "A book", List.of(), 0, true, null, null, null);
    }

    private static InteractionEvent rated(double value) {
        return new Rated(ANN, BOOK, value);
    }

    private Message<InteractionEvent> message(double value) {
        return driver.message(INTERACTIONS, rated(value), NOON);
    }

    @FunctionalInterface
    private interface Adding {
        Stars add(Stars had, Rated rated, Told told);
    }

    private static Stars add(Stars had, Rated rated, Told told) {
        return new Stars(had.given() + (int) rated.value(), told.or(had.last()));
    }

    private static Processor stars(Adding adding) {
        return Processor.named("stars")
                .readsSourceRing()
                .reads(
                        Source.of(
                                OFFERS,
                                (message, touched) ->
                                        touched.update(shelf(message.event().offer())),
                                (message, context) -> {
                                    context.put(
                                            shelf(message.event().offer()), new Shelf("A book"));
                                    return Outcome.APPLIED;
                                }))
                .reads(
                        Source.of(
                                        INTERACTIONS,
                                        (message, touched) ->
                                                touched.update(STARS.at(ANN.value()))
                                                        .read(shelf(message.event().offer())),
                                        counting(adding))
                                .through("enough", ProcessorDriverTest::enough))
                .keeps(STARS)
                .keeps(SHELF)
                .says(ACTIVITY)
                .build();
    }

    private static Fold<InteractionEvent> counting(Adding adding) {
        return (message, context) -> {
            Rated rated = (Rated) message.event();
            if (context.get(shelf(rated.offer())) == null) {
                return new Outcome.Waiting("no offer " + rated.offer());
            }
            if (rated.value() == 4.5) {
                throw new IllegalStateException("poison");
            }
            Told told = Told.by(message);
            Stars had = context.get(STARS.at("ann"));
            context.put(
                    STARS.at("ann"),
                    adding.add(had == null ? new Stars(0, told) : had, rated, told));
            say(rated, context);
            return Outcome.APPLIED;
        };
    }

    private static void say(Rated rated, Context context) {
        context.say(
                ACTIVITY,
                new ActivityEvent.Rated(
                        rated.user(),
                        new ItemId("item-" + rated.offer()),
                        rated.offer(),
                        rated.value()));
    }

    private static Stepped<InteractionEvent> enough(Stepped<InteractionEvent> stepped) {
        return stepped instanceof Stepped.Going<InteractionEvent>(Message<InteractionEvent> m)
                        && m.event() instanceof Rated rated
                        && rated.value() < 1
                ? new Stepped.Refused<>("is too few", "$.rated.value")
                : stepped;
    }

    private static Row<Shelf> shelf(OfferId offer) {
        return SHELF.at(offer.value());
    }
}
