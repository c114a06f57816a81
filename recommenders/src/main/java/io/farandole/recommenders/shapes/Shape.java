package io.farandole.recommenders.shapes;

import java.util.List;

/**
 * What interactions that are made up are like: sizes as of data sets that models are published on,
 * and how much of what is done follows what.
 *
 * @param name such as {@code checkins}
 * @param users how many there are
 * @param items likewise
 * @param interactions about how many, all users together
 * @param least what each user does at least
 * @param skew exponent of the items' popularity by rank, as of Zipf
 * @param topics kinds of items, in groups of {@link #GROUP}
 * @param narrow of what a user does, the part that is of the user's few topics
 * @param wide the part that is of these topics' groups; the rest follows popularity alone
 * @param drift how quickly items get old: one of the time's beginning is met e^−drift as often at
 *     its end; 0: never
 * @param chains part of what is done that follows from what the user did just before
 * @param holding what is held out
 */
public record Shape(
        String name,
        int users,
        int items,
        int interactions,
        int least,
        double skew,
        int topics,
        double narrow,
        double wide,
        double drift,
        double chains,
        Holding holding) {

    static final int GROUP = 12;

    /** What is held out to be foretold. */
    public enum Holding {
        /** A fifth of each user's, by lot, nothing being known of time. */
        BY_LOT,
        /** The last fifth of all in time, of users who were there before. */
        LAST_OF_ALL,
        /** Each user's last. */
        LAST_OF_EACH
    }

    /**
     * The shapes of public splits: places (Gowalla), reviews (Yelp2018) and the largest that is
     * meant to be done in ten minutes; films in time, dense, and purchases one after the other.
     */
    public static final List<Shape> ALL =
            List.of(
                    new Shape(
                            "checkins",
                            29_858,
                            40_981,
                            1_027_000,
                            10,
                            0.75,
                            3_000,
                            0.62,
                            0.23,
                            0,
                            0,
                            Holding.BY_LOT),
                    new Shape(
                            "reviews",
                            31_668,
                            38_048,
                            1_561_000,
                            10,
                            0.8,
                            600,
                            0.35,
                            0.35,
                            0,
                            0,
                            Holding.BY_LOT),
                    new Shape(
                            "largest",
                            100_000,
                            40_000,
                            2_000_000,
                            5,
                            0.9,
                            1_200,
                            0.45,
                            0.3,
                            0,
                            0,
                            Holding.BY_LOT),
                    new Shape(
                            "films",
                            6_040,
                            3_400,
                            600_000,
                            20,
                            0.9,
                            120,
                            0.3,
                            0.4,
                            0.5,
                            0.1,
                            Holding.LAST_OF_ALL),
                    new Shape(
                            "news",
                            20_000,
                            8_000,
                            500_000,
                            5,
                            0.9,
                            200,
                            0.4,
                            0.3,
                            4,
                            0.05,
                            Holding.LAST_OF_ALL),
                    new Shape(
                            "purchases",
                            22_363,
                            12_101,
                            198_500,
                            5,
                            0.7,
                            700,
                            0.35,
                            0.2,
                            0.5,
                            0.3,
                            Holding.LAST_OF_EACH));

    /**
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Shape named(String name) {
        return ALL.stream()
                .filter(shape -> shape.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no shape '"
                                                + name
                                                + "'; there are "
                                                + String.join(
                                                        ", ",
                                                        ALL.stream().map(Shape::name).toList())));
    }

    /** The same with fewer of everything, and as dense. */
    public Shape smaller(int times) {
        return new Shape(
                name,
                users / times,
                items / times,
                interactions / times,
                least,
                skew,
                Math.max(GROUP, topics / times),
                narrow,
                wide,
                drift,
                chains,
                holding);
    }
}
