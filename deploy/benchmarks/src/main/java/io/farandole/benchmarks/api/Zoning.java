package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.load.Grid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two hundred zones in and around Paris, twenty by ten, as GeoJSON. */
final class Zoning {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Zoning() {}

    /** Writes them into the directory. */
    static Path write(Path directory) throws IOException {
        List<ObjectNode> features = new ArrayList<>();
        for (int row = 0; row < Grid.ROWS; row++) {
            for (int column = 0; column < Grid.COLUMNS; column++) {
                features.add(feature(row, column));
            }
        }
        ObjectNode all = JSON.createObjectNode().put("type", "FeatureCollection");
        all.putArray("features").addAll(features);
        Path file = directory.resolve("zones.geojson");
        Files.writeString(file, JSON.writeValueAsString(all));
        return file;
    }

    private static ObjectNode feature(int row, int column) {
        double south = Grid.SOUTH + row * Grid.HEIGHT;
        double west = Grid.WEST + column * Grid.WIDTH;
        double north = south + Grid.HEIGHT;
        double east = west + Grid.WIDTH;
        ObjectNode feature = JSON.createObjectNode().put("type", "Feature");
        feature.putObject("properties").put("id", Grid.zone(row, column));
        feature.set(
                "geometry",
                JSON.readTree(
                        String.format(
                                Locale.ROOT,
                                "{\"type\":\"Polygon\",\"coordinates\":[[[%1$.6f,%2$.6f],[%3$.6f,%2$.6f],"
                                        + "[%3$.6f,%4$.6f],[%1$.6f,%4$.6f],[%1$.6f,%2$.6f]]]}",
                                west,
                                south,
                                east,
                                north)));
        return feature;
    }
}
