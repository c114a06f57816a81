package io.farandole.pubsub.conformance;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.ValidateMessageRequest;
import io.grpc.Status.Code;
import java.util.List;

/** ValidateMessage. */
final class ValidationCases {

    @Rule(
            value = "ValidateMessage takes Avro in JSON, and refuses what does not fit",
            at = Page.RPC)
    void avroJsonIsValidated(World w) {
        validate(
                w,
                SchemaCases.avro(SchemaCases.AVRO),
                "{\"title\": \"Ran\", \"year\": 1985}",
                Encoding.JSON);
        for (String bad :
                List.of(
                        "{\"title\": \"Ran\"}",
                        "{\"title\": \"Ran\", \"year\": \"1985\"}",
                        "nonsense")) {
            Answers.refused(
                    Code.INVALID_ARGUMENT,
                    () -> validate(w, SchemaCases.avro(SchemaCases.AVRO), bad, Encoding.JSON));
        }
    }

    @Rule(value = "Avro in binary", at = Page.RPC)
    void avroBinaryIsValidated(World w) {
        validate(w, SchemaCases.avro(SchemaCases.AVRO), "\u0006Ran\u0002", Encoding.BINARY);
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> validate(w, SchemaCases.avro(SchemaCases.AVRO), "\u0006R", Encoding.BINARY));
    }

    @Rule(value = "Protobuf in JSON", at = Page.RPC)
    void protobufJsonIsValidated(World w) {
        validate(
                w,
                SchemaCases.proto(SchemaCases.PROTO),
                "{\"title\": \"Ran\", \"year\": 1985}",
                Encoding.JSON);
        for (String bad :
                List.of("{\"year\": \"nineteen\"}", "{\"director\": \"K\"}", "nonsense")) {
            Answers.refused(
                    Code.INVALID_ARGUMENT,
                    () -> validate(w, SchemaCases.proto(SchemaCases.PROTO), bad, Encoding.JSON));
        }
    }

    @Rule(value = "Protobuf in binary", at = Page.RPC)
    void protobufBinaryIsValidated(World w) {
        validate(w, SchemaCases.proto(SchemaCases.PROTO), "\n\u0003Ran", Encoding.BINARY);
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        validate(
                                w,
                                SchemaCases.proto(SchemaCases.PROTO),
                                "\n\u0009R",
                                Encoding.BINARY));
    }

    @Rule(value = "a message is validated against a schema by name, too", at = Page.RPC)
    void validatedByName(World w) {
        SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        byName(w, "film", "{\"title\": \"Ran\", \"year\": 1985}");
        Answers.refused(Code.INVALID_ARGUMENT, () -> byName(w, "film", "{}"));
        Answers.refused(Code.NOT_FOUND, () -> byName(w, "nowhere", "{}"));
    }

    private static void validate(World w, Schema schema, String message, Encoding encoding) {
        var _ =
                w.schemas()
                        .validateMessage(
                                ValidateMessageRequest.newBuilder()
                                        .setParent(w.project())
                                        .setSchema(schema)
                                        .setMessage(ByteString.copyFromUtf8(message))
                                        .setEncoding(encoding)
                                        .build());
    }

    private static void byName(World w, String id, String message) {
        var _ =
                w.schemas()
                        .validateMessage(
                                ValidateMessageRequest.newBuilder()
                                        .setParent(w.project())
                                        .setName(w.schemaName(id))
                                        .setMessage(ByteString.copyFromUtf8(message))
                                        .setEncoding(Encoding.JSON)
                                        .build());
    }
}
