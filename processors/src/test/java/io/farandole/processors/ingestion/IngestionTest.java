package io.farandole.processors.ingestion;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.CATALOGUE;
import static io.farandole.events.TopicCatalogue.INTERACTIONS;
import static io.farandole.events.TopicCatalogue.OFFERS;
import static io.farandole.events.TopicCatalogue.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.events.CatalogueEvent;
import io.farandole.events.Cause;
import io.farandole.events.Event;
import io.farandole.events.InteractionEvent;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.OfferId;
import io.farandole.events.UserEvent;
import io.farandole.events.UserId;
import io.farandole.streams.Outcome;
import io.farandole.streams.Stepped;
import io.farandole.streams.testing.Counts;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestionTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UserId ANN = new UserId("ann");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final OfferId CINEMA = new OfferId("cinema-1");

    private final ProcessorDriver driver =
            ProcessorDriver.of(
                    Ingestion.describe(
                            steps(), new IngestionSettings("validate|clean", TOLERANCE)));

    @Test
    void resolvesAnInteractionToTheItemOfItsOffer() {
        publish("movie-1", NOON);

        assertThat(driver.pipe(INTERACTIONS, rated(4), NOON)).contains(Outcome.APPLIED);

        Message<ActivityEvent> said = driver.said(ACTIVITY).getFirst();
        assertThat(said.event())
                .isEqualTo(new ActivityEvent.Rated(ANN, new ItemId("movie-1"), CINEMA, 4));
        assertThat(said.envelope().time()).isEqualTo(NOON);
        assertThat(said.envelope().causedBy()).isEqualTo(new Cause("driver", "event-1"));
    }

    @Test
    void letsAnInteractionWaitForItsOffer() {
        assertThat(driver.pipe(INTERACTIONS, rated(4), NOON).orElseThrow())
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting ->
                                assertThat(waiting.reason())
                                        .isEqualTo("offer cinema-1 is not known yet"));

        publish("movie-1", NOON);
        driver.retryWaiting();

        assertThat(driver.said(ACTIVITY)).hasSize(1);
        assertThat(driver.counts(INTERACTIONS)).isEqualTo(new Counts(1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void makesAnItemOfAnOfferThatHasNoProduct() {
        publish(null, NOON);

        assertThat(driver.said(CATALOGUE).getFirst().event().item())
                .isEqualTo(new ItemId("offer-cinema-1"));
    }

    @Test
    void keepsAnOfferAsItWasToldLastByEventTime() {
        publish("movie-2", NOON.plusSeconds(10));
        publish("movie-1", NOON);

        assertThat(driver.row(Ingestion.OFFERS.at("cinema-1")))
                .extracting(KnownOffer::item)
                .isEqualTo("movie-2");
    }

    @Test
    void takesAnOfferFromItsOldItemWhenItsProductChanges() {
        publish("movie-1", NOON);
        publish("movie-2", NOON.plusSeconds(10));

        assertThat(driver.said(CATALOGUE))
                .last()
                .satisfies(
                        left -> {
                            assertThat(left.event())
                                    .isEqualTo(
                                            new CatalogueEvent.OfferWithdrawn(
                                                    new ItemId("movie-1"), CINEMA));
                            assertThat(left.envelope().time()).isEqualTo(NOON.plusSeconds(10));
                        });
    }

    @Test
    void takesAnOfferFromAnItemThatIsToldTooLate() {
        publish("movie-2", NOON.plusSeconds(10));
        publish("movie-1", NOON);

        assertThat(driver.said(CATALOGUE))
                .extracting(message -> message.event().item().value())
                .containsExactly("movie-2", "movie-1", "movie-1");
        assertThat(driver.said(CATALOGUE))
                .last()
                .extracting(message -> message.envelope().time())
                .isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void passesOnWhatIsToldOfOffersAndUsers() {
        publish("movie-1", NOON);
        driver.pipe(OFFERS, new OfferEvent.StockChanged(CINEMA, 3), NOON);
        driver.pipe(OFFERS, new OfferEvent.Moderated(CINEMA, false, "not for us"), NOON);
        driver.pipe(OFFERS, new OfferEvent.Withdrawn(CINEMA), NOON);
        driver.pipe(USERS, new UserEvent.Registered(ANN, null), NOON);
        driver.pipe(USERS, new UserEvent.CreditGranted(ANN, 300, null), NOON);
        driver.pipe(USERS, new UserEvent.Erased(ANN), NOON);

        assertThat(driver.said(CATALOGUE))
                .extracting(message -> message.event().getClass().getSimpleName())
                .containsExactly("OfferListed", "StockChanged", "OfferModerated", "OfferWithdrawn");
        assertThat(driver.said(ACTIVITY))
                .extracting(message -> message.event().getClass().getSimpleName())
                .containsExactly("Registered", "CreditGranted", "Erased");
        assertThat(driver.said(ACTIVITY))
                .extracting(message -> message.envelope().sequence())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void refusesWhatHappenedInTheFutureOfItsPublishing() {
        publish("movie-1", NOON);

        assertThat(driver.pipe(INTERACTIONS, rated(4), NOON.plusSeconds(301), NOON))
                .contains(
                        new Outcome.Rejected(
                                "is 2026-01-01T12:05:01Z, more than 300 s after its publishing at"
                                        + " 2026-01-01T12:00:00Z",
                                "attribute ce-time"));
        assertThat(driver.pipe(INTERACTIONS, rated(4), NOON.plusSeconds(300), NOON))
                .contains(Outcome.APPLIED);
        assertThat(driver.counts(INTERACTIONS)).isEqualTo(new Counts(2, 1, 0, 0, 1, 0, 0));
    }

    @Test
    void ingestsADuplicateOnce() {
        publish("movie-1", NOON);
        driver.pipe(INTERACTIONS, rated(4), NOON);

        driver.duplicate();

        assertThat(driver.said(ACTIVITY)).hasSize(1);
        assertThat(driver.counts(INTERACTIONS).duplicate()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void knowsTheSameOffersInAnyOrder(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 80; i++) {
            OfferId offer = new OfferId("offer-" + random.nextInt(4));
            Instant at = NOON.plusSeconds(random.nextInt(10));
            String product = random.nextInt(3) == 0 ? null : "product-" + random.nextInt(3);
            switch (random.nextInt(4)) {
                case 0 -> driver.pipe(OFFERS, new OfferEvent.Withdrawn(offer), at);
                case 1 -> driver.pipe(INTERACTIONS, new InteractionEvent.Viewed(ANN, offer), at);
                default -> driver.pipe(OFFERS, published(offer, product, "Title " + i), at);
            }
        }

        driver.foldsCommute(seed);
    }

    private void publish(@Nullable String product, Instant at) {
        driver.pipe(OFFERS, published(CINEMA, product, "A film"), at);
    }

    private static OfferEvent published(OfferId offer, @Nullable String product, String title) {
        return new OfferEvent.Published(
                offer, product, title, List.of("Comedy"), 0, true, null, null, null);
    }

    private static InteractionEvent rated(double value) {
        return new InteractionEvent.Rated(ANN, CINEMA, value);
    }

    private static Steps steps() {
        return new Steps("validate|clean", stepped -> step(stepped), s -> step(s), s -> step(s));
    }

    // As the function catalogue composes them.
    @SuppressWarnings("unchecked")
    private static <E extends Event> Stepped<E> step(Stepped<E> stepped) {
        Function<Stepped<Event>, Stepped<Event>> steps =
                new Validation(TOLERANCE).andThen(new Cleaning());
        return (Stepped<E>) steps.apply((Stepped<Event>) stepped);
    }
}
