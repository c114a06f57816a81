package io.farandole.gateway.zones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads zones from GeoJSON (RFC 7946), and says where in it something is wrong: a zone that is not
 * as it was meant would hide offers, and nobody would know why.
 */
final class ReadingZones {

    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    private static final int LEAST_RING = 4;

    private final JsonMapper json;
    private final String idProperty;

    ReadingZones(JsonMapper json, String idProperty) {
        this.json = json;
        this.idProperty = idProperty;
    }

    /**
     * @throws IllegalArgumentException naming the file, and the place in it
     */
    Zones read(Path file) {
        try {
            return zones(json.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "farandole.api.zones.file: " + file + " cannot be read: " + e.getMessage(), e);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new IllegalArgumentException(
                    "farandole.api.zones.file: %s, line %d, column %d: is not JSON: %s"
                            .formatted(
                                    file,
                                    at == null ? 0 : at.getLineNr(),
                                    at == null ? 0 : at.getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        } catch (Flawed e) {
            throw new IllegalArgumentException(
                    "farandole.api.zones.file: " + file + ": " + e.getMessage(), e);
        }
    }

    /** Something is not as it must be. */
    private static final class Flawed extends RuntimeException {

        private static final long serialVersionUID = 1;

        Flawed(String place, String reason) {
            super(place + " " + reason);
        }
    }

    private Zones zones(JsonNode root) {
        require(root.path("type"), "type", "FeatureCollection");
        JsonNode features = root.path("features");
        if (!features.isArray()) {
            throw new Flawed("features", "is not a list");
        }
        Map<String, Geometry> zones = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        for (int i = 0; i < features.size(); i++) {
            String place = "features[" + i + "]";
            JsonNode feature = features.path(i);
            require(feature.path("type"), place + ".type", "Feature");
            String id = id(feature, place);
            String before = places.put(id, place);
            if (before != null) {
                throw new Flawed(place, "has the same id as " + before + ": \"" + id + "\"");
            }
            zones.put(id, valid(geometry(feature.path("geometry"), place + ".geometry"), place));
        }
        return new Zones(zones);
    }

    private String id(JsonNode feature, String place) {
        JsonNode id = feature.path("properties").path(idProperty);
        boolean isText = id.isString() || id.isIntegralNumber();
        if (!isText || id.asString("").isBlank()) {
            throw new Flawed(place + ".properties." + idProperty, "is no id");
        }
        return id.asString();
    }

    private static Geometry geometry(JsonNode geometry, String place) {
        JsonNode coordinates = geometry.path("coordinates");
        String at = place + ".coordinates";
        return switch (geometry.path("type").asString("")) {
            case "Polygon" -> polygon(coordinates, at);
            case "MultiPolygon" -> {
                List<Polygon> polygons = new ArrayList<>();
                for (int i = 0; i < coordinates.size(); i++) {
                    polygons.add(polygon(coordinates.path(i), at + "[" + i + "]"));
                }
                yield GEOMETRY.createMultiPolygon(polygons.toArray(Polygon[]::new));
            }
            default -> throw new Flawed(place + ".type", "is neither Polygon nor MultiPolygon");
        };
    }

    private static Polygon polygon(JsonNode rings, String place) {
        if (!rings.isArray() || rings.isEmpty()) {
            throw new Flawed(place, "has no ring");
        }
        LinearRing[] holes = new LinearRing[rings.size() - 1];
        for (int i = 1; i < rings.size(); i++) {
            holes[i - 1] = ring(rings.path(i), place + "[" + i + "]");
        }
        return GEOMETRY.createPolygon(ring(rings.path(0), place + "[0]"), holes);
    }

    private static LinearRing ring(JsonNode positions, String place) {
        if (positions.size() < LEAST_RING) {
            throw new Flawed(place, "has fewer than " + LEAST_RING + " positions");
        }
        Coordinate[] coordinates = new Coordinate[positions.size()];
        for (int i = 0; i < coordinates.length; i++) {
            String at = place + "[" + i + "]";
            coordinates[i] =
                    new Coordinate(
                            degrees(positions.path(i).path(0), at + "[0]", "longitude", 180),
                            degrees(positions.path(i).path(1), at + "[1]", "latitude", 90));
        }
        if (!coordinates[0].equals2D(coordinates[coordinates.length - 1])) {
            throw new Flawed(place, "is not closed: its last position is not its first");
        }
        return GEOMETRY.createLinearRing(coordinates);
    }

    private static double degrees(JsonNode node, String place, String what, int most) {
        if (!node.isNumber() || !(Math.abs(node.asDouble()) <= most)) {
            throw new Flawed(
                    place, "is " + node + ", not a " + what + " between -" + most + " and " + most);
        }
        return node.asDouble();
    }

    private static Geometry valid(Geometry geometry, String place) {
        @Nullable TopologyValidationError error = new IsValidOp(geometry).getValidationError();
        if (error != null) {
            Coordinate at = error.getCoordinate();
            throw new Flawed(
                    place + ".geometry",
                    "is no area: %s at longitude %s, latitude %s"
                            .formatted(error.getMessage(), at.x, at.y));
        }
        return geometry;
    }

    private static void require(JsonNode node, String place, String value) {
        if (!node.asString("").equals(value)) {
            throw new Flawed(place, "is not " + value);
        }
    }
}
