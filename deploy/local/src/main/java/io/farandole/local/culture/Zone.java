package io.farandole.local.culture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a town, as census zones are: no two have a place in common.
 *
 * @param ring its corners in turn, the first one last again
 */
record Zone(String id, List<Place> ring) {

    /** Of all circles alike, so that neighbours share their corners. */
    private static final int CORNERS_OF_A_CIRCLE = 48;

    private static final List<String> TOWNS =
            List.of("lyon", "marseille", "lille", "bordeaux", "strasbourg");

    /** Metres from the middle of Paris, and in how many parts each ring is cut. */
    private static final List<Ring> RINGS =
            List.of(new Ring(0, 2_000, 1), new Ring(2_000, 5_000, 8), new Ring(5_000, 10_000, 12));

    private static final double TOWN = 6_000;

    /** In metres: so far places are rounded. */
    private static final double BORDER = 3;

    private record Ring(double from, double to, int parts) {}

    /** Twenty-one of Paris, from the middle outwards, and one of each other town. */
    static List<Zone> all() {
        List<Zone> zones = new ArrayList<>();
        for (Ring ring : RINGS) {
            for (int part = 0; part < ring.parts(); part++) {
                zones.add(
                        new Zone("paris-" + (zones.size() + 1), corners(Place.PARIS, ring, part)));
            }
        }
        for (int town = 0; town < TOWNS.size(); town++) {
            zones.add(
                    new Zone(
                            TOWNS.get(town),
                            corners(Place.ELSEWHERE.get(town), new Ring(0, TOWN, 1), 0)));
        }
        return List.copyOf(zones);
    }

    private static List<Place> corners(Place middle, Ring ring, int part) {
        int steps = CORNERS_OF_A_CIRCLE / ring.parts();
        double first = 2 * Math.PI * part / ring.parts();
        double step = 2 * Math.PI / ring.parts() / steps;
        List<Place> corners = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            corners.add(middle.towards(first + i * step, ring.to()));
        }
        // Back on the inner arc, where there is one.
        for (int i = steps; i >= 0 && ring.from() > 0; i--) {
            corners.add(middle.towards(first + i * step, ring.from()));
        }
        // A whole circle is closed but for rounding.
        if (ring.parts() == 1) {
            corners.removeLast();
        }
        corners.add(corners.getFirst());
        return List.copyOf(corners);
    }

    /** By how often a line to the east crosses the border: an odd number of times from inside. */
    boolean contains(Place place) {
        boolean inside = false;
        for (int i = 1; i < ring.size(); i++) {
            Place one = ring.get(i - 1);
            Place other = ring.get(i);
            if ((one.latitude() > place.latitude()) != (other.latitude() > place.latitude())) {
                double share =
                        (place.latitude() - one.latitude()) / (other.latitude() - one.latitude());
                double crossing = one.longitude() + share * (other.longitude() - one.longitude());
                inside ^= crossing > place.longitude();
            }
        }
        return inside;
    }

    /** Whether it is in it or on its border, which belongs to both sides for whoever reads it. */
    boolean touches(Place place) {
        return contains(place)
                || IntStream.range(0, 4)
                        .anyMatch(way -> contains(place.towards(way * Math.PI / 2, BORDER)));
    }
}
