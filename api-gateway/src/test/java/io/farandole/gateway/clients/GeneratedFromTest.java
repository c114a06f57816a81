package io.farandole.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What can be told without node of whether the TypeScript client is that of the document: it has
 * every path, every schema and every member. {@link TypeScriptClientIT} makes it anew and compares.
 */
class GeneratedFromTest {

    @Test
    void hasAllThatTheDocumentHas() throws IOException {
        JsonNode document =
                JsonMapper.shared()
                        .readTree(
                                Files.readString(Path.of("openapi.json"), StandardCharsets.UTF_8));
        String made = Files.readString(Path.of("clients", "typescript", "src", "schema.ts"));
        assertThat(document.path("paths").propertyNames())
                .allSatisfy(path -> assertThat(made).contains("\"" + path + "\": {"));
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(
                        schema -> {
                            assertThat(made).contains("        " + schema.getKey() + ": {");
                            assertThat(
                                            List.copyOf(
                                                    schema.getValue()
                                                            .path("properties")
                                                            .propertyNames()))
                                    .allSatisfy(
                                            member ->
                                                    assertThat(made)
                                                            .containsPattern(
                                                                    "\\b" + member + "\"?\\??:"));
                        });
    }
}
