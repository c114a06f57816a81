package io.farandole.gateway.zones;

import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** Zones of a file for tests. */
public final class ZoneOf {

    /** A square around Paris with a hole in it, a part of it, and two around Marseille. */
    public static final Path FILE = Path.of("src", "test", "resources", "zones.geojson");

    private ZoneOf() {}

    public static Zone paris() {
        return all().zone("paris").orElseThrow();
    }

    public static Zone north() {
        return all().zone("north").orElseThrow();
    }

    static Zones all() {
        return new ReadingZones(JsonMapper.shared(), "id").read(FILE);
    }
}
