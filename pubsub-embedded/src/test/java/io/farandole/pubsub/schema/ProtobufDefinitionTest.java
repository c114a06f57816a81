package io.farandole.pubsub.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protocol Buffers as https://cloud.google.com/pubsub/docs/schemas and https://protobuf.dev tell
 * them.
 */
class ProtobufDefinitionTest {

    /** The example of the documentation of schemas. */
    static final String WAREHOUSE =
            """
            syntax = "proto3";
            message ProtocolBuffer {
              string product_name = 1;
              int32 SKU = 2;
              bool in_stock = 3;
            }
            """;

    static final String ORDER =
            """
            syntax = "proto3";
            package shop;

            message Order {
              enum State { OPEN = 0; SHIPPED = 1; }
              message Line {
                string item = 1;
                optional int32 count = 2;
              }
              repeated Line lines = 1;
              map<string, Line> by_code = 2;
              State state = 3;
              oneof payment { string card = 4; int64 cash = 5; }
              optional Order replaces = 6;
              bytes stamp = 7;
            }
            """;

    static final String OLD =
            """
            syntax = "proto2";
            message Old {
              required string name = 1;
              optional int32 age = 2 [default = 7];
              message Address { required string city = 1; }
              optional Address address = 3;
            }
            """;

    static SchemaDefinition proto(String text) {
        try {
            return SchemaDefinition.of(
                    Schema.newBuilder()
                            .setType(Schema.Type.PROTOCOL_BUFFER)
                            .setDefinition(text)
                            .build());
        } catch (InvalidDefinitionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
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

    @Test
    void readsJsonAsProtobufDoes() {
        SchemaDefinition schema = proto(WAREHOUSE);
        fits(schema, "{}");
        fits(schema, "{\"productName\":\"a\",\"SKU\":1,\"inStock\":true}");
        fits(schema, "{\"product_name\":\"a\",\"SKU\":\"1\",\"in_stock\":null}");
        fitsNot(schema, "{\"SKU\":1.5}", "$.SKU", "1.5");
        fitsNot(schema, "{\"productName\":\"a\",\"SKU\":\"x\"}", "$.SKU");
        // unknown members are refused
        fitsNot(schema, "{\"productName\":\"a\",\"price\":1}", "$.price", "Cannot find field");
        fitsNot(schema, "", "empty");
        fitsNot(schema, "[]");
        fitsNot(schema, "null");
        fitsNot(schema, "{\"SKU\":1} {}", "more after");
        fitsNot(schema, "{\"SKU\":1", "line 1");
        fitsNot(schema, "[".repeat(100_000));
        fitsNot(schema, "{\"SKU\":" + "[".repeat(800) + "]".repeat(800) + "}", "$.SKU");
    }

    @Test
    void saysAtWhichPlaceAMessageDoesNotFit() {
        SchemaDefinition schema = proto(ORDER);
        fits(
                schema,
                """
                {"lines":[{"item":"a","count":2},{}],"byCode":{"x":{"item":"b"}},"state":"SHIPPED",
                 "card":"1","replaces":{"cash":"12"},"stamp":"AQI="}
                """);
        fitsNot(schema, "{\"lines\":[{},{\"item\":7,\"count\":\"x\"}]}", "$.lines[1].count");
        fitsNot(schema, "{\"lines\":{}}", "$.lines");
        fitsNot(schema, "{\"byCode\":{\"x\":{},\"y\":{\"nothing\":1}}}", "$.byCode.y");
        fitsNot(schema, "{\"state\":\"LOST\"}", "$.state", "LOST");
        fitsNot(schema, "{\"replaces\":{\"replaces\":{\"stamp\":7}}}", "$.replaces.replaces.stamp");
        fitsNot(schema, "{\"card\":\"1\",\"cash\":\"2\"}", "$");
        fitsNot(schema, "{\"replaces\":".repeat(200) + "{}" + "}".repeat(200));
    }

    @Test
    void checksBinaryMessages() throws MismatchException {
        SchemaDefinition schema = proto(WAREHOUSE);
        bytes(schema);
        bytes(schema, 0x0a, 1, 'a', 0x10, 1);
        // a field that the schema does not know, as Protobuf itself takes it
        bytes(schema, 0x78, 1);
        assertThatThrownBy(() -> bytes(schema, 0x0a, 5, 'a')).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> bytes(schema, 0x0a, 1, 0xff))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> schema.check(ByteString.copyFromUtf8("{}"), Encoding.BINARY))
                .isInstanceOf(MismatchException.class);
    }

    @Test
    void readsProto2() throws MismatchException {
        SchemaDefinition schema = proto(OLD);
        fits(schema, "{\"name\":\"a\",\"age\":3,\"address\":{\"city\":\"b\"}}");
        fitsNot(schema, "{\"age\":3}", "required", "name");
        fitsNot(schema, "{\"name\":\"a\",\"address\":{}}", "required", "city");
        bytes(schema, 0x0a, 1, 'a', 0x1a, 3, 0x0a, 1, 'b');
        assertThatThrownBy(() -> bytes(schema, 0x10, 3))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("name");
        assertThat(proto("message A { optional string x = 1; }")).isNotNull();
    }

    /** What the compiler of Protobuf refuses, with the place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "string a = 1",
                "string a = 1; string b = 1;",
                "string a = 1; string a = 2;",
                "string a = 0;",
                "string a = 19500;",
                "string a = 536870912;",
                "string a = -1;",
                "required string a = 1;",
                "Missing a = 1;",
                "enum E { A = 1; } E e = 1;",
                "enum E { A = 0; B = 0; } E e = 1;",
                "enum E { A = 0; A = 1; } E e = 1;",
                "reserved 1; string a = 1;",
                "reserved \"a\"; string a = 1;",
                "string a_b = 1; string aB = 2;",
                "map<float, string> a = 1;",
                "repeated map<string, string> a = 1;",
                "oneof o { repeated string x = 2; }",
                "int32 a = 1 [default = 3];",
                "int32 a = 1 [nonsense = 3];",
                "string a = 1; }",
                "optional group G = 1 { }",
                "string a = 1; /*",
                "string a = \"1\";",
            })
    void refusesWhatIsNoProto3(String body) {
        assertThatThrownBy(
                        () ->
                                ProtobufSource.messageIn(
                                        "syntax = \"proto3\";\nmessage M {\n" + body + "\n}"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageNotContaining("schema.proto");
    }

    @Test
    void saysAtWhichPlaceADefinitionIsWrong() {
        assertThatThrownBy(() -> proto("syntax = \"proto3\";\nmessage M {\n  string a = 1\n}"))
                .hasMessageContaining("line 4, column");
        assertThatThrownBy(() -> proto("syntax = \"proto3\";\nmessage M {\n  Missing a = 1;\n}"))
                .hasMessageContaining("unable to resolve Missing")
                .hasMessageContaining("line 3, column 3");
    }

    /** https://cloud.google.com/pubsub/docs/schemas: one top-level type, no imports. */
    @Test
    void hasOneMessageAtTheTopAndNoImports() {
        for (String text :
                List.of(
                        "",
                        "syntax = \"proto3\";",
                        "message A {} message B {}",
                        "message A {} enum B { X = 0; }",
                        "enum B { X = 0; }",
                        "import \"google/protobuf/timestamp.proto\"; message A {}",
                        "import public \"x.proto\"; message A {}",
                        "edition = \"2023\"; message A {}",
                        "syntax = \"proto4\"; message A {}")) {
            assertThatThrownBy(() -> proto(text))
                    .as(text)
                    .hasCauseInstanceOf(InvalidDefinitionException.class);
        }
        assertThat(proto("option java_package = \"x\"; message A { option deprecated = true; }"))
                .isNotNull();
    }

    @Test
    void followsJsonNames() {
        SchemaDefinition schema =
                proto(
                        """
                        syntax = "proto3";
                        message M {
                          string a_b = 1 [json_name = "seen", deprecated = true];
                          message Inner { oneof o { int32 x = 1 [json_name = "inside"]; } }
                          Inner inner = 2;
                        }
                        """);
        fits(schema, "{\"seen\":\"x\",\"inner\":{\"inside\":1}}");
        fits(schema, "{\"a_b\":\"x\"}");
        fitsNot(schema, "{\"aB\":\"x\"}", "$.aB");
    }
}
