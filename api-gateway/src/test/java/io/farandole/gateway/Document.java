package io.farandole.gateway;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the API's description says of an answer, held against the answer. */
final class Document {

    /** Of any request, whatever it is for: what the server itself or HTTP refuses. */
    private static final int NOT_ACCEPTABLE = 406;

    /** Where the description keeps schemas, and where a schema keeps those that it refers to. */
    private static final String SCHEMAS = "#/components/schemas/";

    private static final String DEFINITIONS = "$defs";

    private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi31());
    private final JsonNode document;
    private final JsonNode closed;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private Document(JsonNode document) {
        this.document =
                JsonMapper.shared()
                        .readTree(document.toString().replace(SCHEMAS, "#/" + DEFINITIONS + "/"));
        this.closed = this.document.path("components").path("schemas").deepCopy();
        close(closed);
    }

    /** As the gateway gives it now. */
    static Document of(Platform platform) {
        return new Document(
                JsonMapper.shared()
                        .readTree(
                                Objects.requireNonNull(
                                        platform.api()
                                                .get()
                                                .uri("/v3/api-docs")
                                                .exchange()
                                                .expectBody(String.class)
                                                .returnResult()
                                                .getResponseBody())));
    }

    // What the description does not name is not to be there, either.
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(Document::close);
    }

    /** The path of the description that an address is of. */
    String pathLike(String address) {
        String[] parts = address.split("\\?", -1)[0].split("/", -1);
        return document.path("paths").propertyNames().stream()
                .filter(path -> isLike(path.split("/", -1), parts))
                // One that names the parts is meant before one that leaves them open.
                .min(Comparator.comparingInt(path -> path.split("\\{", -1).length))
                .orElse(address);
    }

    private static boolean isLike(String[] path, String[] address) {
        return path.length == address.length
                && IntStream.range(0, path.length)
                        .allMatch(n -> path[n].startsWith("{") || path[n].equals(address[n]));
    }

    /**
     * What of an answer is otherwise than the description says; nothing if all is right.
     *
     * @param path as the description has it
     */
    List<String> against(String method, String path, int status, String type, String body) {
        JsonNode responses =
                document.path("paths")
                        .path(path)
                        .path(method.toLowerCase(Locale.ROOT))
                        .path("responses");
        if (!responses.isObject()) {
            return List.of(method + " " + path + " is not described");
        }
        JsonNode response = responses.path(Integer.toString(status));
        if (response.isMissingNode()) {
            return status == NOT_ACCEPTABLE
                    ? List.of()
                    : List.of("its answers have no status " + status);
        }
        String mediaType = type.split(";", -1)[0];
        if (!mediaType.endsWith("json")) {
            return List.of();
        }
        JsonNode content = response.path("content");
        JsonNode schema =
                content.has(mediaType)
                        ? content.path(mediaType).path("schema")
                        : content.path("*/*").path("schema");
        return schema.isMissingNode()
                ? List.of("of status " + status + " there is no " + mediaType)
                : schemas
                        .computeIfAbsent(schema.toString(), _ -> schema(schema))
                        .validate(body, InputFormat.JSON)
                        .stream()
                        .map(Object::toString)
                        .toList();
    }

    private Schema schema(JsonNode schema) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.setAll((ObjectNode) schema.deepCopy());
        whole.set(DEFINITIONS, closed);
        return registry.getSchema(whole);
    }
}
