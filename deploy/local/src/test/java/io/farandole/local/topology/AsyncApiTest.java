package io.farandole.local.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The document is what AsyncAPI's own schema, with the bindings of Pub/Sub, takes. */
class AsyncApiTest {

    private final PlatformTopology platform = PlatformTopology.read();
    private final Schema asyncApi = schema();

    @Test
    void isValid() {
        JsonNode document = YAMLMapper.builder().build().readTree(platform.asyncApiYaml());

        assertThat(asyncApi.validate(document)).isEmpty();
        assertThat(document).hasToString(platform.asyncApi().toString());
    }

    /** Or the test above could not fail. */
    @Test
    void isNotValidWithoutWhatTheBindingsNeed() {
        ObjectNode document = platform.asyncApi();
        ((ObjectNode) document.at("/channels/users/bindings/googlepubsub/schemaSettings"))
                .remove("encoding");

        assertThat(asyncApi.validate(document)).isNotEmpty();
    }

    @Test
    void pointsOnlyAtWhatIsThere() {
        ObjectNode document = platform.asyncApi();

        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference ->
                                assertThat(document.at(reference.substring(1)).isMissingNode())
                                        .as(reference)
                                        .isFalse());
    }

    private static Schema schema() {
        try (InputStream file =
                Objects.requireNonNull(
                        AsyncApiTest.class.getResourceAsStream("/asyncapi/3.0.0.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(JsonMapper.builder().build().readTree(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
