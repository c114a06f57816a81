package io.farandole.gateway.offers;

/**
 * A place on earth, in degrees (WGS 84).
 *
 * @param latitude from -90 to 90
 * @param longitude from -180 to 180
 */
public record Position(double latitude, double longitude) {

    // The mean radius of the earth (IUGG), in metres.
    private static final double EARTH = 6_371_008.8;

    public Position {
        // Written so that NaN is outside too.
        if (!(Math.abs(latitude) <= 90)) {
            throw new IllegalArgumentException("the latitude is not between -90 and 90");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("the longitude is not between -180 and 180");
        }
    }

    /**
     * The way over ground, in metres, on a sphere: by the haversine formula (R. W. Sinnott,
     * "Virtues of the Haversine", Sky and Telescope 68, 1984), at most 0.6 % off the ellipsoid.
     */
    public double metresTo(Position other) {
        double up = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
        double across = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double h =
                up * up
                        + Math.cos(Math.toRadians(latitude))
                                * Math.cos(Math.toRadians(other.latitude))
                                * across
                                * across;
        return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
    }

    /** Without the numbers: positions of people do not belong in logs. */
    @Override
    public String toString() {
        return "Position[hidden]";
    }
}
