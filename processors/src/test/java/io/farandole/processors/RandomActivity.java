package io.farandole.processors;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/**
 * A random history of few users with few items at few moments, so that much of it is about the same
 * thing and much happens at the same time.
 */
public final class RandomActivity {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int USERS = 4;
    private static final int ITEMS = 6;
    private static final int BOOKINGS = 4;
    private static final int MOMENTS = 40;
    private static final int SECONDS_APART = 90_000;

    private final Random random;

    public RandomActivity(long seed) {
        this.random = new Random(seed);
    }

    public void pipeTo(ProcessorDriver driver, int events) {
        for (int i = 0; i < events; i++) {
            driver.pipe(TopicCatalogue.ACTIVITY, event(), moment());
        }
    }

    private Instant moment() {
        return START.plusSeconds((long) random.nextInt(MOMENTS) * SECONDS_APART);
    }

    private ActivityEvent event() {
        UserId user = new UserId("user-" + random.nextInt(USERS));
        int number = random.nextInt(ITEMS);
        ItemId item = new ItemId("item-" + number);
        OfferId offer = new OfferId("offer-" + number);
        String booking = "booking-" + number + "-" + random.nextInt(BOOKINGS);
        return switch (random.nextInt(20)) {
            case 0 -> new ActivityEvent.Registered(user, birthDate());
            case 1 -> new ActivityEvent.ProfileChanged(user, birthDate());
            case 2 -> new ActivityEvent.CreditGranted(user, random.nextInt(100), moment());
            case 3 -> new ActivityEvent.CreditSpent(user, random.nextInt(100));
            case 4 ->
                    new ActivityEvent.OnboardingAnswered(
                            user, List.of("category-" + random.nextInt(3)));
            case 5 -> new ActivityEvent.Erased(user);
            case 6, 7 -> new ActivityEvent.Viewed(user, item, offer);
            case 8, 9 -> new ActivityEvent.Favourited(user, item, offer);
            case 10, 11 -> new ActivityEvent.Unfavourited(user, item, offer);
            case 12, 13 ->
                    new ActivityEvent.BookingMade(
                            user, item, offer, booking, 1 + random.nextInt(3), 500);
            case 14 -> new ActivityEvent.BookingCancelled(user, item, offer, booking);
            case 15 -> new ActivityEvent.BookingUsed(user, item, offer, booking);
            default -> new ActivityEvent.Rated(user, item, offer, (1 + random.nextInt(10)) / 2.0);
        };
    }

    private LocalDate birthDate() {
        return LocalDate.of(1980 + random.nextInt(30), 1 + random.nextInt(12), 1);
    }
}
