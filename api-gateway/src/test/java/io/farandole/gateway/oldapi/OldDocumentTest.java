package io.farandole.gateway.oldapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether the document names what is read at the old addresses, and nothing else. */
class OldDocumentTest {

    private static final Set<String> FILTERS = Sets.union(Parameters.FILTERS, Parameters.OURS);

    private final JsonNode document =
            JsonMapper.shared().readTree(Path.of("openapi.json").toFile());

    @Test
    void theQueryHasAllNames() {
        // Whose age counts is said in the path of lists, and by a name of its own of what is
        // similar.
        Set<String> ofTheCall = Sets.difference(Parameters.OF_THE_CALL, Set.of("userId"));
        assertThat(names("/recommendation/{user}", "get"))
                .isEqualTo(Sets.union(FILTERS, ofTheCall));
        assertThat(names("/playlist_recommendation/{user}", "get"))
                .isEqualTo(names("/recommendation/{user}", "get"));
        assertThat(names("/similar_offers/{offer}", "get"))
                .isEqualTo(Sets.union(Sets.union(FILTERS, ofTheCall), Set.of("user_id")));
    }

    @Test
    void theBodyHasThoseOfTheFilters() {
        assertThat(
                        document.path("components")
                                .path("schemas")
                                .path("OldFilters")
                                .path("properties")
                                .propertyNames())
                .containsExactlyInAnyOrderElementsOf(FILTERS);
    }

    private Set<String> names(String path, String method) {
        return document.path("paths")
                .path(path)
                .path(method)
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .collect(Collectors.toSet());
    }
}
