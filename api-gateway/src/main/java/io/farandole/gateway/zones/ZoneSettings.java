package io.farandole.gateway.zones;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which zones there are.
 *
 * @param file GeoJSON (RFC 7946), a collection of polygons; without one there are none
 * @param idProperty which of a feature's properties is its zone's id; of IRIS, {@code code_iris}
 */
@ConfigurationProperties("farandole.api.zones")
public record ZoneSettings(@Nullable Path file, @DefaultValue("id") String idProperty) {}
