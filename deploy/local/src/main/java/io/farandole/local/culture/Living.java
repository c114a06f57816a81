package io.farandole.local.culture;

import io.farandole.events.Event;
import io.farandole.events.InteractionEvent;
import io.farandole.events.OfferId;
import io.farandole.events.UserEvent;
import io.farandole.events.UserId;
import io.farandole.local.culture.Life.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Lets people live for three months: what they do follows their taste, the way and the price. */
final class Living {

    private static final Duration HISTORY = Duration.ofDays(90);
    private static final Duration GRANTED_BEFORE = Duration.ofDays(95);
    private static final Duration GRANT_LASTS = Duration.ofDays(730);
    private static final int LOOKED_AT = 16;
    private static final double FAR = 8_000;
    private static final double ANYWHERE = 0.4;
    private static final int OF_AGE = 18;

    private final RandomGenerator random;
    private final Instant now;
    private final List<Item> items;
    private final double[] fameUpTo;
    private final Map<String, Integer> left = new HashMap<>();

    Living(RandomGenerator random, Instant now, List<Item> items) {
        this.random = random;
        this.now = now;
        this.items = items;
        this.fameUpTo = new double[items.size()];
        double all = 0;
        for (int i = 0; i < items.size(); i++) {
            all += items.get(i).fame();
            fameUpTo[i] = all;
            for (Offer offer : items.get(i).offers()) {
                if (offer.stock() != null) {
                    left.put(offer.id(), offer.stock());
                }
            }
        }
    }

    /** What is left of what is not unlimited. */
    Map<String, Integer> stock() {
        return left;
    }

    Life live(User user, int age) {
        UserId id = new UserId(user.id());
        Told told = new Told(user.id());
        Instant start = now.minus(GRANTED_BEFORE);
        told.at(start, "registered", new UserEvent.Registered(id, user.birthDate()));
        int credit = grant(age);
        if (credit > 0) {
            told.at(
                    start.plusSeconds(1),
                    "granted",
                    new UserEvent.CreditGranted(id, credit, start.plus(GRANT_LASTS)));
        }
        if (!user.onboarding().isEmpty()) {
            told.at(
                    start.plusSeconds(2),
                    "answered",
                    new UserEvent.OnboardingAnswered(id, user.onboarding()));
        }
        Set<String> booked = new HashSet<>();
        int digital = 0;
        for (Instant at : times(user.acts())) {
            Item item = chosen(user, age, credit);
            Offer offer = item.offers().get(random.nextInt(item.offers().size()));
            OfferId its = new OfferId(offer.id());
            int act = told.count();
            int kind = random.nextInt(100);
            if (kind >= 65 && canBook(item, offer, credit, booked)) {
                int cents = book(told, at, id, item, offer, booked);
                credit -= cents;
                digital += item.subcategory().isDigital() ? cents : 0;
            } else if (kind >= 40) {
                told.at(at, "favourited-" + act, new InteractionEvent.Favourited(id, its));
            } else {
                told.at(at, "viewed-" + act, new InteractionEvent.Viewed(id, its));
            }
        }
        return new Life(user, told.all(), Set.copyOf(booked), credit, digital);
    }

    private boolean canBook(Item item, Offer offer, int credit, Set<String> booked) {
        return offer.priceCents() <= credit
                && left.getOrDefault(offer.id(), 1) > 0
                && !booked.contains(item.product());
    }

    /** Returns what it cost in the end: some think better of it. */
    private int book(
            Told told, Instant at, UserId user, Item item, Offer offer, Set<String> booked) {
        OfferId its = new OfferId(offer.id());
        int cents = offer.priceCents();
        String booking = user + "-" + told.count();
        told.at(
                at,
                "booked-" + booking,
                new InteractionEvent.BookingMade(user, its, booking, 1, cents));
        if (random.nextInt(100) < 6) {
            told.at(
                    at.plusSeconds(60),
                    "cancelled-" + booking,
                    new InteractionEvent.BookingCancelled(user, its, booking));
            return 0;
        }
        if (cents > 0) {
            told.at(at.plusSeconds(1), "spent-" + booking, new UserEvent.CreditSpent(user, cents));
        }
        left.computeIfPresent(offer.id(), (_, stock) -> stock - 1);
        booked.add(item.product());
        return cents;
    }

    /** Of some that are heard of, one that is liked, near and not too dear. */
    private Item chosen(User user, int age, int credit) {
        Item[] seen = new Item[LOOKED_AT];
        double[] upTo = new double[LOOKED_AT];
        double all = 0;
        for (int i = 0; i < LOOKED_AT; i++) {
            seen[i] = heardOf();
            all += appeal(user, age, credit, seen[i]);
            upTo[i] = all;
        }
        return seen[place(upTo, random.nextDouble() * all)];
    }

    private Item heardOf() {
        double all = fameUpTo[fameUpTo.length - 1];
        return items.get(place(fameUpTo, random.nextDouble() * all));
    }

    private static int place(double[] upTo, double at) {
        int found = Arrays.binarySearch(upTo, at);
        return Math.min(upTo.length - 1, found >= 0 ? found : -found - 1);
    }

    private static double appeal(User user, int age, int credit, Item item) {
        Offer first = item.offers().getFirst();
        double near =
                first.place() == null
                        ? ANYWHERE
                        : Math.exp(-user.home().metresTo(first.place()) / FAR);
        double payable = first.priceCents() <= credit ? 1 : 0.2;
        double allowed = item.subcategory().minimumAge() <= age ? 1 : 0;
        // Never nothing at all: something is looked at even where nothing is near.
        return 1e-9 + user.likes(item) * near * payable * allowed;
    }

    private List<Instant> times(int count) {
        return random.longs(count, 3_600, HISTORY.toSeconds())
                .mapToObj(now::minusSeconds)
                .sorted()
                .toList();
    }

    /** What the state gives at this age, in cents. */
    private static int grant(int age) {
        return switch (age) {
            case 14 -> 0;
            case 15 -> 2_000;
            case 16, 17 -> 3_000;
            default -> age >= OF_AGE ? 30_000 : 0;
        };
    }

    /** Collects what happens to one user. */
    private static final class Told {

        private final String user;
        private final List<Happening> all = new ArrayList<>();

        Told(String user) {
            this.user = user;
        }

        void at(Instant at, String what, Event event) {
            all.add(new Happening(at, "user-" + user + "-" + what, event));
        }

        int count() {
            return all.size();
        }

        List<Happening> all() {
            return List.copyOf(all);
        }
    }
}
