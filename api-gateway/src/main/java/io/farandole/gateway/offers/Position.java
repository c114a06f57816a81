package io.farandole.gateway.offers;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A place on earth, in degrees (WGS 84). */
public final class Position {

    // The mean radius of the earth (IUGG), in metres.
    private static final double EARTH = 6_371_008.8;

    private final double latitude;
    private final double longitude;

    // The same as a point on a sphere of radius 1: ways between such points need no angles, of
    // which there are hundreds in an answer.
    private final double x;
    private final double y;
    private final double z;

    public Position(double latitude, double longitude) {
        // Written so that NaN is outside too.
        if (!(Math.abs(latitude) <= 90)) {
            throw new IllegalArgumentException("the latitude is not between -90 and 90");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("the longitude is not between -180 and 180");
        }
        this.latitude = latitude;
        this.longitude = longitude;
        double up = Math.toRadians(latitude);
        double across = Math.toRadians(longitude);
        this.x = Math.cos(up) * Math.cos(across);
        this.y = Math.cos(up) * Math.sin(across);
        this.z = Math.sin(up);
    }

    @JsonProperty
    public double latitude() {
        return latitude;
    }

    @JsonProperty
    public double longitude() {
        return longitude;
    }

    /**
     * The way over ground, in metres, on a sphere, at most 0.6 % off the ellipsoid: by half the
     * chord between the two, which is what the haversine formula works out as well (R. W. Sinnott,
     * "Virtues of the Haversine", Sky and Telescope 68, 1984).
     */
    public double metresTo(Position other) {
        double dx = x - other.x;
        double dy = y - other.y;
        double dz = z - other.z;
        double half = Math.sqrt(dx * dx + dy * dy + dz * dz) / 2;
        return 2 * EARTH * Math.asin(Math.min(1, half));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Position that
                && Double.compare(latitude, that.latitude) == 0
                && Double.compare(longitude, that.longitude) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(latitude) + Double.hashCode(longitude);
    }

    /** Without the numbers: positions of people do not belong in logs. */
    @Override
    public String toString() {
        return "Position[hidden]";
    }
}
