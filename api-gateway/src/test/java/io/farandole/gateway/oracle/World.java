package io.farandole.gateway.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Offers and people by chance, as they are told, and the rows that read models have of them. Times
 * are an hour or more from now, so that nothing ends while it is asked for.
 *
 * @param lists by user, as they were made: with doubles, and with what nobody knows
 */
record World(
        Instant now,
        LocalDate today,
        List<Offer> offers,
        List<User> users,
        Map<String, List<String>> lists,
        Random random) {

    static final List<String> CATEGORIES = List.of("A", "B", "C");
    static final List<String> GROUPS = List.of("LIVRE", "CINEMA", "MUSIQUE");
    static final List<String> SUBCATEGORIES = List.of("one", "two", "three");

    /** Some have a part in the scenarios that the gateway is set up with. */
    static final List<String> ITEMS =
            Stream.concat(
                            Stream.of("gig", "film", "play", "isbn-1"),
                            IntStream.range(0, 36).mapToObj(n -> "item-" + n))
                    .toList();

    static final List<Double> NORTHS = List.of(48.815, 48.85, 48.86, 48.865, 43.3, 49.5);
    static final List<Double> EASTS = List.of(2.215, 2.34, 2.35, 2.55, 5.37);

    private static final int OFFERS = 90;
    private static final int USERS = 16;
    private static final int LIST = 14;

    /**
     * @param startsIn hours; absent for what is no event
     * @param bookableFor hours
     */
    record Offer(
            String id,
            String item,
            String category,
            @Nullable String group,
            @Nullable String subcategory,
            int cents,
            boolean digital,
            boolean duo,
            boolean approved,
            boolean withdrawn,
            @Nullable Integer stock,
            @Nullable Integer startsIn,
            @Nullable Integer bookableFor,
            int listedDaysAgo,
            @Nullable Integer minimumAge,
            @Nullable Double north,
            @Nullable Double east) {}

    /**
     * @param ended whether it is over by now
     * @param spent what of it is spent
     */
    record Grant(int cents, int spent, boolean ended) {}

    /**
     * @param state of the booking; absent if there was none
     * @param stars absent if it was not rated
     */
    record Had(String item, @Nullable String state, int cents, @Nullable Double stars) {}

    /**
     * @param grants absent of whom nobody told anything but what they did
     */
    record User(
            String id,
            @Nullable LocalDate born,
            @Nullable List<Grant> grants,
            List<Had> had,
            List<String> onboarding) {}

    static World of(long seed, Instant now, LocalDate today) {
        Random random = new Random(seed);
        List<Offer> offers =
                IntStream.range(0, OFFERS).mapToObj(n -> offer("offer-" + n, random)).toList();
        List<User> users =
                IntStream.range(0, USERS).mapToObj(n -> user("u" + n, today, random)).toList();
        Map<String, List<String>> lists = new TreeMap<>();
        for (User user : users) {
            // Of whom nothing is told there is no list either.
            if (random.nextInt(4) > 0 && (user.grants() != null || !user.had().isEmpty())) {
                lists.put(
                        user.id(),
                        IntStream.range(0, LIST)
                                .mapToObj(n -> n == 5 ? "gone" : any(ITEMS, random))
                                .toList());
            }
        }
        return new World(now, today, offers, users, lists, random);
    }

    private static Offer offer(String id, Random random) {
        boolean somewhere = random.nextInt(6) > 0;
        String item = any(ITEMS, random);
        return new Offer(
                id,
                item,
                // As its item: the catalogue keeps categories there.
                CATEGORIES.get(Math.floorMod(item.hashCode(), CATEGORIES.size())),
                maybe(any(GROUPS, random), random),
                maybe(any(SUBCATEGORIES, random), random),
                random.nextInt(4) == 0 ? 0 : 500 * (1 + random.nextInt(80)),
                random.nextInt(3) == 0,
                random.nextInt(4) == 0,
                random.nextInt(10) > 0,
                random.nextInt(10) == 0,
                maybe(random.nextInt(6) == 0 ? 0 : 7, random),
                maybe(hours(random), random),
                maybe(hours(random), random),
                random.nextInt(60),
                maybe(15 + random.nextInt(4), random),
                somewhere ? any(NORTHS, random) : null,
                somewhere ? any(EASTS, random) : null);
    }

    /** More often ahead than over. */
    private static int hours(Random random) {
        return random.nextInt(5) == 0 ? -1 - random.nextInt(40) : 1 + random.nextInt(60);
    }

    private static User user(String id, LocalDate today, Random random) {
        boolean told = random.nextInt(6) > 0;
        List<Had> had = new ArrayList<>();
        for (int n = random.nextInt(6); n > 0; n--) {
            boolean booked = random.nextInt(3) > 0;
            String item = any(ITEMS, random);
            if (had.stream().noneMatch(other -> other.item().equals(item))) {
                had.add(
                        new Had(
                                item,
                                booked ? any(List.of("MADE", "USED", "CANCELLED"), random) : null,
                                booked ? 500 * random.nextInt(30) : 0,
                                random.nextInt(4) == 0 ? 4.5 : null));
            }
        }
        return new User(
                id,
                told
                        ? maybe(
                                today.minusYears(14 + random.nextInt(6))
                                        .plusDays(random.nextInt(3) - 1),
                                random)
                        : null,
                told ? grants(random) : null,
                had,
                told && random.nextBoolean() ? List.of(any(SUBCATEGORIES, random)) : List.of());
    }

    private static List<Grant> grants(Random random) {
        List<Grant> grants = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            int cents = 500 * random.nextInt(120);
            grants.add(
                    new Grant(
                            cents,
                            random.nextBoolean() ? 0 : cents / 1_000 * 500,
                            random.nextInt(4) == 0));
        }
        return grants;
    }

    /** The read models' rows, in the place of whatever there is. */
    String sql() {
        StringBuilder sql =
                new StringBuilder(
                        """
                        truncate personalisation.lists, catalogue.items, catalogue.offers, profile.users,
                          profile.items, popularity.counted, popularity.counted_by_window, deployment.similar;
                        """);
        offers.stream()
                .collect(
                        Collectors.groupingBy(Offer::item, LinkedHashMap::new, Collectors.toList()))
                .forEach(
                        (item, its) -> {
                            row(
                                    sql,
                                    "catalogue.items",
                                    4,
                                    item,
                                    object(
                                            "title", text(item),
                                            "categories", array(its.getFirst().category()),
                                            "offers",
                                                    array(
                                                            its.stream()
                                                                    .map(Offer::id)
                                                                    .toArray(String[]::new))));
                            sql.append(
                                    "insert into popularity.counted values ('%s', %d, 1, 1);\n"
                                            .formatted(item, 1_000_000_000L * random.nextInt(9)));
                            for (int back = 0; back < 3; back++) {
                                sql.append(
                                        "insert into popularity.counted_by_window values ('%s', %d, %d, 0.25);\n"
                                                .formatted(item, back, random.nextInt(50)));
                            }
                        });
        offers.forEach(offer -> row(sql, "catalogue.offers", 4, offer.id(), json(offer)));
        users.forEach(user -> rows(sql, user));
        for (String item : ITEMS) {
            for (int place = 1; place <= 8; place++) {
                sql.append(
                        "insert into deployment.similar values ('r1', '%s', %d, '%s', %d);\n"
                                .formatted(item, place, any(ITEMS, random), 9 - place));
            }
        }
        return sql.toString();
    }

    private void rows(StringBuilder sql, User user) {
        List<Grant> grants = user.grants();
        if (grants != null) {
            row(
                    sql,
                    "profile.users",
                    7,
                    user.id(),
                    object(
                            "user", text(user.id()),
                            "birthDate", user.born() == null ? "null" : text(user.born()),
                            "onboarding", array(user.onboarding().toArray(String[]::new)),
                            "movements", movements(grants)));
        }
        for (Had had : user.had()) {
            String booking =
                    had.state() == null
                            ? ""
                            : object(
                                    "booking", text("b-" + had.item()),
                                    "state", text(had.state()),
                                    "priceCents", had.cents(),
                                    "quantity", 1);
            row(
                    sql,
                    "profile.items",
                    7,
                    user.id() + "|" + had.item(),
                    object(
                            "user",
                            text(user.id()),
                            "item",
                            text(had.item()),
                            "value",
                            had.stars() == null ? "null" : had.stars(),
                            "bookings",
                            "[" + booking + "]"));
        }
        List<String> list = lists.get(user.id());
        if (list != null) {
            String entries =
                    list.stream()
                            .map(item -> object("item", text(item), "score", 1, "why", "{}"))
                            .collect(Collectors.joining(",", "[", "]"));
            String one = object("version", 3, "entries", entries);
            row(
                    sql,
                    "personalisation.lists",
                    2,
                    user.id(),
                    object("lists", object("r1", one, "taste", one)));
        }
    }

    /** Each grant is spent before the next is given, so that it is clear which one was spent. */
    private String movements(List<Grant> grants) {
        List<String> movements = new ArrayList<>();
        for (int n = 0; n < grants.size(); n++) {
            Grant grant = grants.get(n);
            Instant given = now.minusSeconds(86_400L * (100 - 10 * n));
            String end =
                    text(grant.ended() ? now.minusSeconds(3_600) : now.plusSeconds(86_400L * 9));
            movements.add(movement(given, grant.cents(), end));
            if (grant.spent() > 0) {
                movements.add(movement(given.plusSeconds(60), -grant.spent(), "null"));
            }
        }
        return "[" + String.join(",", movements) + "]";
    }

    private static String movement(Instant at, int cents, String expires) {
        return object(
                "told", array(at.toString(), "app", at + "c"), "cents", cents, "expires", expires);
    }

    private String json(Offer offer) {
        return object(
                "item", text(offer.item()),
                "priceCents", offer.cents(),
                "digital", offer.digital(),
                "approved", offer.approved(),
                "withdrawn", offer.withdrawn(),
                "withdrawals",
                        offer.withdrawn()
                                ? object(offer.item(), array(ago(1).toString(), "app", "w"))
                                : "{}",
                "stock", offer.stock() == null ? "null" : offer.stock(),
                "startsAt", inHours(offer.startsIn()),
                "listed", array(ago(24 * offer.listedDaysAgo() + 2).toString(), "app", offer.id()),
                "details",
                        object(
                                "subcategory", text(offer.subcategory()),
                                "searchGroup", text(offer.group()),
                                "minimumAge",
                                        offer.minimumAge() == null ? "null" : offer.minimumAge(),
                                "duo", offer.duo(),
                                "bookableUntil", inHours(offer.bookableFor()),
                                "latitude", offer.north() == null ? "null" : offer.north(),
                                "longitude", offer.east() == null ? "null" : offer.east()));
    }

    private Instant ago(int hours) {
        return now.minusSeconds(3_600L * hours);
    }

    private String inHours(@Nullable Integer hours) {
        return hours == null ? "null" : text(now.plusSeconds(3_600L * hours));
    }

    private static void row(
            StringBuilder sql, String table, int generation, String key, String json) {
        sql.append(
                "insert into %s values (%d, '%s', '%s', 1);\n"
                        .formatted(table, generation, key, json));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "null" : "\"" + value + "\"";
    }

    private static String array(String... values) {
        return Stream.of(values).map(World::text).collect(Collectors.joining(",", "[", "]"));
    }

    /** Of names and values in turn; values are JSON already. */
    private static String object(Object... members) {
        return IntStream.range(0, members.length / 2)
                .mapToObj(n -> text(members[2 * n]) + ":" + members[2 * n + 1])
                .collect(Collectors.joining(",", "{", "}"));
    }

    static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    static <T> @Nullable T maybe(T value, Random random) {
        return random.nextInt(3) == 0 ? null : value;
    }
}
