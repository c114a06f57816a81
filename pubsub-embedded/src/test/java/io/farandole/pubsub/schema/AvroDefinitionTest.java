package io.farandole.pubsub.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Avro as https://cloud.google.com/pubsub/docs/schemas and the Avro specification
 * (https://avro.apache.org/docs/1.12.0/specification/) tell it.
 */
class AvroDefinitionTest {

    /** The example of the documentation of schemas. */
    static final String WAREHOUSE =
            """
            {"type": "record", "name": "Avro", "fields": [
              {"name": "ProductName", "type": "string", "default": ""},
              {"name": "SKU", "type": "int", "default": 0},
              {"name": "InStock", "type": "boolean", "default": false}]}
            """;

    static final String EVERYTHING =
            """
            {"type": "record", "name": "Everything", "namespace": "a.b", "fields": [
              {"name": "maybe", "type": ["null", "string"]},
              {"name": "numbers", "type": {"type": "array", "items": "int"}},
              {"name": "ages", "type": {"type": "map", "values": "long"}},
              {"name": "suit", "type": {"type": "enum", "name": "Suit", "symbols": ["HEARTS", "SPADES"]}},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 2}},
              {"name": "next", "type": ["null", "Everything"]}]}
            """;

    static SchemaDefinition avro(String text) {
        try {
            return SchemaDefinition.of(
                    Schema.newBuilder().setType(Schema.Type.AVRO).setDefinition(text).build());
        } catch (InvalidDefinitionException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void fits(SchemaDefinition schema, String json) {
        assertThatCode(() -> schema.check(ByteString.copyFromUtf8(json), Encoding.JSON))
                .doesNotThrowAnyException();
    }

    private static void fitsNot(SchemaDefinition schema, String json, String... says) {
        assertThatThrownBy(() -> schema.check(ByteString.copyFromUtf8(json), Encoding.JSON))
                .as(json)
                .isInstanceOf(MismatchException.class)
                .satisfies(
                        thrown ->
                                assertThat(List.of(says))
                                        .allSatisfy(
                                                part ->
                                                        assertThat(thrown)
                                                                .hasMessageContaining(part)));
    }

    private static void bytes(SchemaDefinition schema, int... bytes) throws MismatchException {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        schema.check(ByteString.copyFrom(data), Encoding.BINARY);
    }

    private static void bytesFitNot(SchemaDefinition schema, String says, int... bytes) {
        assertThatThrownBy(() -> bytes(schema, bytes))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(says);
    }

    @Test
    void takesTheExamplesOfTheDocumentation() {
        fits(avro(WAREHOUSE), "{\"ProductName\":\"a\",\"SKU\":1,\"InStock\":true}");
        // the one of "commit a schema revision": its default is a text, the field a double
        assertThat(avro(WAREHOUSE.replace("false}", "false}, " + PRICE))).isNotNull();
    }

    static final String PRICE = "{\"name\": \"Price\", \"type\": \"double\", \"default\": \"0.0\"}";

    @Test
    void refusesWhatIsNoAvroSchema() {
        for (String text :
                List.of(
                        "{",
                        "nonsense",
                        "{\"type\":\"record\",\"name\":\"A\"}",
                        "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\",\"type\":\"Unknown\"}]}",
                        "{\"type\":\"enum\",\"name\":\"1A\",\"symbols\":[]}",
                        // https://cloud.google.com/pubsub/docs/schemas: only one top-level type
                        "[\"string\",\"int\"]",
                        " ")) {
            assertThatThrownBy(() -> avro(text))
                    .as(text)
                    .hasCauseInstanceOf(InvalidDefinitionException.class);
        }
    }

    @Test
    void saysAtWhichPlaceAMessageDoesNotFit() {
        fitsNot(
                avro(WAREHOUSE),
                "{\"ProductName\":\"a\",\"SKU\":\"x\",\"InStock\":true}",
                "$.SKU",
                "Expected int");
        // a default is for readers: who writes has to give every field
        fitsNot(avro(WAREHOUSE), "{\"ProductName\":\"a\",\"SKU\":1}", "$.InStock");
        fitsNot(
                avro(EVERYTHING),
                everything("\"numbers\":[1,2]", "\"numbers\":[1,\"x\"]"),
                "$.numbers[1]");
        fitsNot(avro(EVERYTHING), everything("\"ann\":3", "\"ann\":true"), "$.ages.ann");
        fitsNot(avro(EVERYTHING), everything("HEARTS", "CLUBS"), "$.suit", "CLUBS");
        fitsNot(avro(EVERYTHING), everything("\"ab\"", "\"abc\""), "$.hash");
    }

    /** Specification, "JSON Encoding": a union's value is wrapped in the name of its type. */
    @Test
    void readsUnionsAsAvroWritesThem() {
        fits(avro(EVERYTHING), everything("", ""));
        fits(avro(EVERYTHING), everything("{\"string\":\"x\"}", "null"));
        fitsNot(avro(EVERYTHING), everything("{\"string\":\"x\"}", "\"x\""), "$.maybe");
        fitsNot(avro(EVERYTHING), everything("{\"string\":\"x\"}", "{\"int\":1}"), "$.maybe");
        fits(
                avro(EVERYTHING),
                everything(
                        "\"next\":null",
                        "\"next\":{\"a.b.Everything\":" + everything("", "") + "}"));
    }

    /** Members may come in any order, and unknown ones are passed over, as the service does. */
    @Test
    void passesOverUnknownMembers() {
        fits(
                avro(WAREHOUSE),
                "{\"InStock\":true,\"more\":{\"a\":[1]},\"SKU\":1,\"ProductName\":\"a\"}");
    }

    @Test
    void takesOneWholeJsonValueOnly() {
        SchemaDefinition schema = avro(WAREHOUSE);
        fitsNot(schema, "", "empty");
        fitsNot(schema, "{\"ProductName\":\"a\",\"SKU\":1,\"InStock\":true", "line 1", "not JSON");
        fitsNot(
                schema,
                "{\"ProductName\":\"a\",\"SKU\":1,\"InStock\":true} {}",
                "column",
                "more after");
        fitsNot(schema, "[]");
        fitsNot(schema, "7");
        fitsNot(schema, "[".repeat(100_000));
        assertThatThrownBy(
                        () ->
                                schema.check(
                                        ByteString.copyFrom(
                                                new byte[] {
                                                    '{', '"', (byte) 0xff, '"', ':', '1', '}'
                                                }),
                                        Encoding.JSON))
                .isInstanceOf(MismatchException.class);
    }

    /** Specification, "Binary Encoding". */
    @Test
    void checksBinaryMessages() throws MismatchException {
        SchemaDefinition schema = avro(WAREHOUSE);
        bytes(schema, 2, 'a', 2, 1);
        bytesFitNot(schema, "$.InStock: the data ends here", 2, 'a', 2);
        // "Too much data to parse for schema", says the service
        bytesFitNot(schema, "more data", 2, 'a', 2, 1, 0);
        bytesFitNot(schema, "$.ProductName", 0xfe, 0xff, 0xff, 0xff, 0x0f, 'a', 2, 1);
        bytesFitNot(schema, "$.ProductName", 1, 'a', 2, 1);
        bytesFitNot(schema, "$.ProductName", (int) '{');
        SchemaDefinition more = avro(EVERYTHING);
        bytes(more, 0, 2, 2, 0, 2, 2, 'k', 4, 0, 2, 'a', 'b', 0);
        bytesFitNot(more, "$.maybe: branch 2", 4);
        bytesFitNot(more, "$.numbers[0]: the data ends here", 0, 2);
        bytesFitNot(more, "$.suit: symbol 2", 0, 0, 0, 4, 'a', 'b', 0);
    }

    /** What an attacker may send costs neither memory nor time. */
    @Test
    void isNotLedAstrayByLengths() {
        SchemaDefinition nothings = avro("{\"type\":\"array\",\"items\":\"null\"}");
        bytesFitNot(nothings, "", 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0);
        SchemaDefinition chain =
                avro(
                        "{\"type\":\"record\",\"name\":\"C\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"C\"]}]}");
        int[] deep = new int[100_000];
        Arrays.fill(deep, 2);
        bytesFitNot(chain, "nested deeper", deep);
    }

    /** https://cloud.google.com/pubsub/docs/commit-schema-revision: reader and writer both ways. */
    @Test
    void aRevisionReadsAndIsRead() {
        String withPrice = WAREHOUSE.replace("false}", "false}, " + PRICE);
        assertThat(conflict(WAREHOUSE, withPrice)).isNull();
        assertThat(conflict(withPrice, WAREHOUSE)).isNull();
        assertThat(conflict(WAREHOUSE, WAREHOUSE.replace("\"int\"", "\"long\"")))
                .contains("cannot be read by that one")
                .contains("TYPE_MISMATCH");
        assertThat(conflict(WAREHOUSE.replace("\"int\"", "\"long\""), WAREHOUSE))
                .contains("cannot be read by the new one");
        assertThat(
                        conflict(
                                WAREHOUSE,
                                WAREHOUSE.replace(
                                        "false}",
                                        "false}, {\"name\": \"Price\", \"type\": \"double\"}")))
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(conflict(EVERYTHING, EVERYTHING.replace("\"SPADES\"", "\"SPADES\", \"CLUBS\"")))
                .contains("MISSING_ENUM_SYMBOLS");
        assertThat(conflict(WAREHOUSE, "{\"type\":\"string\"}")).isNotNull();
    }

    private static @Nullable String conflict(String earlier, String later) {
        return avro(later).conflictWith(avro(earlier)).orElse(null);
    }

    private static String everything(String what, String instead) {
        return ("{\"maybe\":{\"string\":\"x\"},\"numbers\":[1,2],\"ages\":{\"ann\":3},"
                        + "\"suit\":\"HEARTS\",\"hash\":\"ab\",\"next\":null}")
                .replace(what.isEmpty() ? "~" : what, instead);
    }
}
