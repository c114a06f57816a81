package io.farandole.local.culture;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Zones as RFC 7946 has them: longitude before latitude. */
final class ZonesAsGeoJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ZonesAsGeoJson() {}

    static String of(List<Zone> zones) {
        ObjectNode all = JSON.createObjectNode().put("type", "FeatureCollection");
        ArrayNode features = all.putArray("features");
        zones.forEach(zone -> add(features, zone));
        return JSON.writeValueAsString(all);
    }

    private static void add(ArrayNode features, Zone zone) {
        ObjectNode feature = features.addObject().put("type", "Feature");
        feature.putObject("properties").put("id", zone.id());
        ArrayNode ring =
                feature.putObject("geometry")
                        .put("type", "Polygon")
                        .putArray("coordinates")
                        .addArray();
        zone.ring().forEach(at -> ring.addArray().add(at.longitude()).add(at.latitude()));
    }
}
