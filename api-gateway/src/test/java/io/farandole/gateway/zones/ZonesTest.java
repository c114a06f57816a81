package io.farandole.gateway.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.gateway.offers.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ZonesTest {

    private static final String SQUARE = "[[0,0],[1,0],[1,1],[0,1],[0,0]]";

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "48.85, 2.34, paris",
        // In the hole.
        "48.815, 2.215, ''",
        "43.3, 5.37, marseille",
        "48.85, 2.55, marseille",
        // On the border of both.
        "48.85, 2.5, 'marseille paris'",
        "0, 0, ''"
    })
    void findsInWhichZonesAPlaceIs(double latitude, double longitude, String zones) {
        assertThat(String.join(" ", ZoneOf.all().of(new Position(latitude, longitude))))
                .isEqualTo(zones);
    }

    @Test
    void knowsNoOthers() {
        assertThat(ZoneOf.all().zone("lyon")).isEmpty();
        assertThat(ZoneOf.all().size()).isEqualTo(3);
        assertThat(Zones.none().zone("paris")).isEmpty();
        assertThat(ZoneOf.paris().contains(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": | line 1, column",
                "{\"type\":\"Feature\"} | type is not FeatureCollection",
                "{\"type\":\"FeatureCollection\"} | features is not a list"
            })
    void tellsWhereTheFileIsWrong(String text, String place) throws IOException {
        assertRefused(text, place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | Polygon | [[[0,0],[1,0],[1,1],[0,1],[0,0]]] | features[1].properties.id is no id",
                "{\"id\":\"a\"} | Polygon | [[[0,0],[1,0],[1,1],[0,1],[0,0]]] | features[1] has the same id as features[0]: \"a\"",
                "{\"id\":7} | Point | [0,0] | features[1].geometry.type is neither Polygon nor MultiPolygon",
                "{\"id\":7} | Polygon | [] | features[1].geometry.coordinates has no ring",
                "{\"id\":7} | Polygon | [[[0,0],[1,0],[0,0]]] | features[1].geometry.coordinates[0] has fewer than 4 positions",
                "{\"id\":7} | Polygon | [[[0,0],[1,0],[1,1],[0,1]]] | features[1].geometry.coordinates[0] is not closed",
                "{\"id\":7} | Polygon | [[[0,0],[1,95],[1,1],[0,0]]] | features[1].geometry.coordinates[0][1][1] is 95, not a latitude",
                "{\"id\":7} | Polygon | [[[0,0],[1],[1,1],[0,0]]] | features[1].geometry.coordinates[0][1][1] is",
                "{\"id\":7} | MultiPolygon | [[[[0,0],[\"x\",0],[1,1],[0,0]]]] | features[1].geometry.coordinates[0][0][1][0] is",
                "{\"id\":7} | Polygon | [[[0,0],[1,1],[1,0],[0,1],[0,0]]] | features[1].geometry is no area: Self-intersection at longitude 0.5, latitude 0.5"
            })
    void tellsWhichFeatureIsWrongAndWhere(
            String properties, String type, String coordinates, String place) throws IOException {
        assertRefused(
                "{\"type\":\"FeatureCollection\",\"features\":["
                        + feature("{\"id\":\"a\"}", "Polygon", "[" + SQUARE + "]")
                        + ","
                        + feature(properties, type, coordinates)
                        + "]}",
                place);
    }

    @Test
    void tellsThatThereIsNoFile() {
        Path file = directory.resolve("nothing.geojson");
        assertThatThrownBy(() -> new ReadingZones(JsonMapper.shared(), "id").read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("farandole.api.zones.file: " + file + " cannot be read");
    }

    private void assertRefused(String text, String place) throws IOException {
        Path file = Files.writeString(directory.resolve("zones.geojson"), text);
        assertThatThrownBy(() -> new ReadingZones(JsonMapper.shared(), "id").read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("farandole.api.zones.file: " + file)
                .hasMessageContaining(place);
    }

    private static String feature(String properties, String type, String coordinates) {
        return "{\"type\":\"Feature\",\"properties\":%s,\"geometry\":{\"type\":\"%s\",\"coordinates\":%s}}"
                .formatted(properties, type, coordinates);
    }
}
