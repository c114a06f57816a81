package io.farandole.gateway.zones;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.farandole.gateway.offers.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;

/** All zones; in which a place is, is found once and remembered. */
public final class Zones {

    private static final int MOST_PLACES = 200_000;
    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    private final Map<String, Zone> byId;
    private final STRtree tree = new STRtree();
    private final LoadingCache<Position, List<String>> found =
            Caffeine.newBuilder().maximumSize(MOST_PLACES).build(this::find);

    private record Shape(String id, PreparedGeometry geometry) {}

    Zones(Map<String, Geometry> shapes) {
        this.byId =
                shapes.keySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Function.identity(), id -> new Zone(id, this)));
        shapes.forEach(
                (id, geometry) ->
                        tree.insert(
                                geometry.getEnvelopeInternal(),
                                new Shape(id, PreparedGeometryFactory.prepare(geometry))));
        // Asked on many threads, it must not be built by the first of them.
        tree.build();
    }

    static Zones none() {
        return new Zones(Map.of());
    }

    /** Empty if there is no such zone. */
    public Optional<Zone> zone(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public int size() {
        return byId.size();
    }

    /** The ids of the zones that a place is in; on a border it is in both. */
    List<String> of(Position place) {
        return found.get(place);
    }

    private List<String> find(Position place) {
        Point point = GEOMETRY.createPoint(new Coordinate(place.longitude(), place.latitude()));
        TreeSet<String> ids = new TreeSet<>();
        for (Object candidate : tree.query(point.getEnvelopeInternal())) {
            if (candidate instanceof Shape shape && shape.geometry().covers(point)) {
                ids.add(shape.id());
            }
        }
        return List.copyOf(ids);
    }
}
