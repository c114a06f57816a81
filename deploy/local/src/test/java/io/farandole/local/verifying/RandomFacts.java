package io.farandole.local.verifying;

import io.farandole.events.ImpressionEvent;
import io.farandole.events.InteractionEvent;
import io.farandole.events.ItemId;
import io.farandole.events.OfferEvent;
import io.farandole.events.OfferId;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.events.UserEvent;
import io.farandole.events.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of every kind, about so few users and offers that they have much to do with each.
 */
final class RandomFacts {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** When most of it is heard of, and whoever asks to be forgotten. */
    static final Instant PUBLISHED = START.plus(Duration.ofDays(101));

    /** Hours before and after anybody asks for that. */
    static final Instant EARLY = PUBLISHED.minus(Duration.ofHours(5));

    static final Instant LATE = PUBLISHED.plus(Duration.ofHours(5));

    /** When all else was told, what became of runs is. */
    static final Instant TRAINED = LATE.plus(Duration.ofHours(1));

    /** Who asks to be forgotten in each history. */
    static final UserId FORGOTTEN = new UserId("u1");

    private static final int USERS = 6;
    private static final int OFFERS = 8;
    private static final int PRODUCTS = 4;
    private static final int BOOKINGS = 5;
    private static final int HOURS = 2_400;
    private static final int RELEASES = 6;

    /** The first and the last tell of a moment. */
    private static final List<String> OWN_RUNS =
            List.of(
                    "triggers-2026-01-01T10:00:00+01:00",
                    "triggers-2026-01-01T10:00Z",
                    "triggers-2026-02-30T10:00:00Z",
                    "triggers-",
                    "triggers-of-mine",
                    "triggers-2026-01-01T10:00:00.25Z");

    private static final List<String> CATEGORIES = List.of("books", "music", "cinema");

    private final Random random;

    RandomFacts(long seed) {
        random = new Random(seed);
    }

    /** Whole hours, so that things happen at the same moment too. */
    Instant time() {
        return START.plus(Duration.ofHours(random.nextInt(HOURS)));
    }

    /** Within the hour before it was published, and the same moment for some. */
    Instant lately(Instant published) {
        return published.minusSeconds(300L * random.nextInt(12));
    }

    /** One of them has a name in which a key's separators stand. */
    private UserId user() {
        int number = random.nextInt(USERS);
        return new UserId(number == 0 ? "u|%0" : "u" + number);
    }

    private OfferId offer() {
        return new OfferId("o" + random.nextInt(OFFERS));
    }

    private boolean seldom() {
        return random.nextInt(4) == 0;
    }

    private List<String> categoriesIfAny() {
        return CATEGORIES.subList(0, random.nextInt(CATEGORIES.size() + 1));
    }

    private List<String> categories() {
        return CATEGORIES.subList(0, 1 + random.nextInt(CATEGORIES.size()));
    }

    OfferEvent offerFact() {
        OfferId offer = offer();
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                    new OfferEvent.Published(
                            offer,
                            seldom() ? null : "p" + random.nextInt(PRODUCTS),
                            "title " + random.nextInt(100),
                            categoriesIfAny(),
                            random.nextInt(10_000),
                            random.nextBoolean(),
                            seldom() ? null : (Integer) random.nextInt(50),
                            seldom() ? "venue" : null,
                            seldom() ? time() : null);
            case 2 ->
                    new OfferEvent.Changed(
                            offer,
                            "p" + random.nextInt(PRODUCTS),
                            "title " + random.nextInt(100),
                            categoriesIfAny(),
                            random.nextInt(10_000),
                            random.nextBoolean(),
                            seldom() ? null : (Integer) random.nextInt(50),
                            null,
                            null,
                            seldom() ? "NOVEL" : null,
                            null,
                            random.nextBoolean(),
                            16,
                            time(),
                            48.5,
                            2.25);
            case 3 -> new OfferEvent.Withdrawn(offer);
            case 4 ->
                    new OfferEvent.StockChanged(
                            offer, seldom() ? null : (Integer) random.nextInt(50));
            default ->
                    new OfferEvent.Moderated(offer, random.nextBoolean(), seldom() ? "odd" : null);
        };
    }

    UserEvent userFact() {
        UserId user = user();
        LocalDate born = seldom() ? null : LocalDate.of(1990 + random.nextInt(20), 2, 3);
        return switch (random.nextInt(12)) {
            case 0, 1 -> new UserEvent.Registered(user, born);
            case 2, 3 -> new UserEvent.ProfileChanged(user, born);
            case 4, 5, 6 ->
                    new UserEvent.CreditGranted(
                            user, 1 + random.nextInt(30_000), seldom() ? time() : null);
            case 7, 8 -> new UserEvent.CreditSpent(user, 1 + random.nextInt(9_000));
            case 9, 10 -> new UserEvent.OnboardingAnswered(user, categories());
            // Of the others all is remembered.
            default -> new UserEvent.Erased(new UserId("u" + (1 + random.nextInt(3))));
        };
    }

    ImpressionEvent impression(String call) {
        return impression(user(), call, seldom() ? null : release(), seldom() ? null : release());
    }

    /** While a canary was tried. */
    ImpressionEvent impression(UserId user, String call) {
        return impression(user, call, release(), release());
    }

    private ImpressionEvent impression(
            UserId user, String call, @Nullable String release, @Nullable String canary) {
        return new ImpressionEvent.PlaylistServed(
                user,
                List.of(item(), item(), item()),
                "call-" + call,
                "model",
                release,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                1,
                null,
                null,
                List.of(),
                canary);
    }

    private ItemId item() {
        return new ItemId(
                random.nextBoolean()
                        ? "p" + random.nextInt(PRODUCTS)
                        : "o" + random.nextInt(OFFERS));
    }

    private String release() {
        return "r" + random.nextInt(3);
    }

    InteractionEvent interaction() {
        UserId user = user();
        OfferId offer = offer();
        String booking = "b" + random.nextInt(BOOKINGS);
        return switch (random.nextInt(8)) {
            case 0 -> new InteractionEvent.Viewed(user, offer);
            case 1 -> new InteractionEvent.Favourited(user, offer);
            case 2 -> new InteractionEvent.Unfavourited(user, offer);
            case 3, 4 -> new InteractionEvent.Rated(user, offer, 0.5 * (1 + random.nextInt(10)));
            case 5 ->
                    new InteractionEvent.BookingMade(
                            user, offer, booking, 1 + random.nextInt(2), random.nextInt(5_000));
            case 6 -> new InteractionEvent.BookingCancelled(user, offer, booking);
            default -> new InteractionEvent.BookingUsed(user, offer, booking);
        };
    }

    /** What may be told of a run besides, in any order. */
    TrainingEvent releaseFact(int number) {
        int release = random.nextInt(RELEASES);
        RunId run = new RunId("run-" + release);
        // By whom a canary is promoted or rolled back need not be who released it.
        RunId any = new RunId("run-" + random.nextInt(RELEASES));
        String name = "r" + release;
        String model = "models/" + release;
        return switch (number % 7) {
            case 0 -> new TrainingEvent.Requested(run, "ann", List.of());
            case 1 ->
                    new TrainingEvent.Requested(
                            new RunId(
                                    seldom()
                                            ? "triggers-" + PUBLISHED.minusSeconds(number)
                                            : OWN_RUNS.get(random.nextInt(OWN_RUNS.size()))),
                            "triggers",
                            List.of());
            case 2 ->
                    new TrainingEvent.DatasetReady(
                            run, "dataset", "print", 1, 1, 1, 1, List.of(), null, null, null, null);
            case 3 -> new TrainingEvent.Released(run, name, model, "ease", 9, 9, 10);
            case 4 -> new TrainingEvent.Promoted(any, name, model, null, "ann", List.of());
            case 5 -> new TrainingEvent.RolledBack(any, name, model, "r9", "ann", List.of());
            default -> new TrainingEvent.CanaryJudged(any, name, true, List.of());
        };
    }

    TrainingEvent trainingFact(int candidate) {
        RunId run = new RunId("run-" + candidate % 2);
        return candidate % 3 == 0
                ? new TrainingEvent.Failed(run, "training", "no luck")
                : new TrainingEvent.Evaluated(
                        run,
                        "dataset",
                        "model-" + candidate,
                        "spec",
                        candidate,
                        9,
                        "metrics-" + candidate,
                        random.nextInt(1_000),
                        random.nextDouble(),
                        random.nextDouble(),
                        random.nextDouble(),
                        0.25,
                        0.5,
                        seldom() ? "incumbent" : null,
                        null,
                        null,
                        null);
    }
}
