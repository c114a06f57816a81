package io.farandole.local.culture;

import java.util.List;
import java.util.random.RandomGenerator;

/** Somewhere, in degrees (WGS 84). */
record Place(double latitude, double longitude) {

    private static final double METRES_A_DEGREE = 111_195;
    private static final double PARIS_SPREAD = 5_500;
    private static final double TOWN_SPREAD = 3_000;
    private static final int IN_PARIS = 85;

    static final Place PARIS = new Place(48.8566, 2.3522);
    static final List<Place> ELSEWHERE =
            List.of(
                    new Place(45.7640, 4.8357),
                    new Place(43.2965, 5.3698),
                    new Place(50.6292, 3.0573),
                    new Place(44.8378, -0.5792),
                    new Place(48.5734, 7.7521));

    /** In or around Paris, or in another town. */
    static Place somewhere(RandomGenerator random) {
        return random.nextInt(100) < IN_PARIS
                ? PARIS.around(random, PARIS_SPREAD)
                : ELSEWHERE.get(random.nextInt(ELSEWHERE.size())).around(random, TOWN_SPREAD);
    }

    private Place around(RandomGenerator random, double spread) {
        double north = random.nextGaussian() * spread;
        return moved(north, random.nextGaussian() * spread);
    }

    /**
     * @param direction in radians, from north over east
     */
    Place towards(double direction, double metres) {
        return moved(Math.cos(direction) * metres, Math.sin(direction) * metres);
    }

    private Place moved(double north, double east) {
        return new Place(
                rounded(latitude + north / METRES_A_DEGREE),
                rounded(longitude + east / METRES_A_DEGREE / Math.cos(Math.toRadians(latitude))));
    }

    // Five digits are a metre.
    private static double rounded(double degrees) {
        return Math.round(degrees * 1e5) / 1e5;
    }

    /** On a plane, which within a town is as good as on a globe. */
    double metresTo(Place other) {
        double north = (other.latitude - latitude) * METRES_A_DEGREE;
        double east =
                (other.longitude - longitude)
                        * METRES_A_DEGREE
                        * Math.cos(Math.toRadians(latitude));
        return Math.hypot(north, east);
    }
}
