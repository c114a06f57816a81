package io.farandole.local.culture;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes works and their offers. */
final class MakingOffers {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int DAYS_AHEAD = 30;
    private static final int FREE = 25;
    private static final int NEARLY_GONE = 6;

    private static final List<String> FIRST =
            List.of(
                    "Le dernier",
                    "Un autre",
                    "Le grand",
                    "Le petit",
                    "Mon",
                    "Le secret du",
                    "La nuit du",
                    "Au bord du",
                    "Retour au",
                    "Le silence du",
                    "L’été du",
                    "Sous le");
    private static final List<String> SECOND =
            List.of(
                    "jardin",
                    "fleuve",
                    "miroir",
                    "théâtre",
                    "voyage",
                    "matin",
                    "phare",
                    "village",
                    "violon",
                    "désert",
                    "royaume",
                    "canal",
                    "hiver",
                    "carnaval",
                    "pont",
                    "quai");

    private final RandomGenerator random;
    private final Scale scale;
    private final LocalDate today;
    private final List<Place> venues = new ArrayList<>();

    MakingOffers(RandomGenerator random, Scale scale, LocalDate today) {
        this.random = random;
        this.scale = scale;
        this.today = today;
        for (int venue = 0; venue < Scale.VENUES; venue++) {
            venues.add(Place.somewhere(random));
        }
    }

    List<Item> items() {
        List<Item> items = new ArrayList<>(scale.items());
        int offers = 0;
        for (int number = 1; number <= scale.items(); number++) {
            Subcategory subcategory = anySubcategory();
            int more = scale.offers() - offers - (scale.items() - number);
            int wanted = number == scale.items() ? more : Math.min(more, anyCount(subcategory));
            items.add(item(number, subcategory, offers, wanted));
            offers += wanted;
        }
        return items;
    }

    private Item item(int number, Subcategory subcategory, int before, int count) {
        String genre = any(subcategory.genres());
        int cents = anyPrice(subcategory);
        List<Offer> offers = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            offers.add(offer(before + i, subcategory, cents));
        }
        return new Item(
                String.format(Locale.ROOT, "work-%d", number),
                any(FIRST) + " " + any(SECOND) + " (n° " + number + ")",
                subcategory,
                genre,
                // Some few are heard of by everybody, as in Zipf's law.
                1 / Math.pow(1 + random.nextInt(scale.items()), 0.7),
                List.copyOf(offers));
    }

    private Offer offer(int number, Subcategory subcategory, int cents) {
        String id = Integer.toString(1_000 + number);
        if (subcategory.isDigital()) {
            return new Offer(id, cents, null, null, null, null, null, false);
        }
        int venue = random.nextInt(venues.size());
        Instant starts = subcategory.isEvent() ? anyEvening() : null;
        return new Offer(
                id,
                cents == 0 ? 0 : cents + 50 * random.nextInt(5),
                "venue-" + (venue + 1),
                venues.get(venue),
                random.nextInt(100) < NEARLY_GONE
                        ? 1 + random.nextInt(3)
                        : 20 + random.nextInt(300),
                starts,
                starts == null ? null : starts.minusSeconds(600),
                subcategory.isEvent() && random.nextInt(3) == 0);
    }

    /** From this evening to thirty days ahead, on the hour or the half. */
    private Instant anyEvening() {
        // Every seventh tonight, so that there is something to go to.
        int days = random.nextInt(7) == 0 ? 0 : random.nextInt(DAYS_AHEAD + 1);
        int halfHours = days == 0 ? 42 + random.nextInt(5) : 20 + random.nextInt(26);
        return today.plusDays(days).atStartOfDay(PARIS).plusMinutes(30L * halfHours).toInstant();
    }

    private int anyPrice(Subcategory subcategory) {
        if (subcategory.dearest() == 0 || (subcategory.canBeFree() && random.nextInt(100) < FREE)) {
            return 0;
        }
        // Cheap ones are more.
        double share = random.nextDouble() * random.nextDouble();
        int span = (subcategory.dearest() - subcategory.cheapest()) * 100;
        return Math.max(100, subcategory.cheapest() * 100 + (int) (span * share) / 10 * 10);
    }

    private int anyCount(Subcategory subcategory) {
        return subcategory.isDigital() ? 1 : 1 + random.nextInt(subcategory.isEvent() ? 4 : 3);
    }

    private Subcategory anySubcategory() {
        int all = Subcategory.ALL.stream().mapToInt(Subcategory::weight).sum();
        int at = random.nextInt(all);
        for (Subcategory subcategory : Subcategory.ALL) {
            at -= subcategory.weight();
            if (at < 0) {
                return subcategory;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
