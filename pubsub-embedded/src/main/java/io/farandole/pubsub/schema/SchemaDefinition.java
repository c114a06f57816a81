package io.farandole.pubsub.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.Schema;
import java.util.Optional;

/** The parsed definition of one revision of a schema. */
public sealed interface SchemaDefinition permits AvroDefinition, ProtobufDefinition {

    /** The documented limit: 300 KB. */
    int MAX_BYTES = 300 * 1024;

    /**
     * Parses a definition.
     *
     * @throws InvalidDefinitionException when it is none of its type
     */
    static SchemaDefinition of(Schema schema) throws InvalidDefinitionException {
        String text = schema.getDefinition();
        if (text.isBlank()) {
            throw new InvalidDefinitionException("The definition is empty.");
        }
        int bytes = text.getBytes(UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new InvalidDefinitionException(
                    "The definition has %d bytes, and at most %d are allowed."
                            .formatted(bytes, MAX_BYTES));
        }
        return switch (schema.getType()) {
            case AVRO -> AvroDefinition.of(text);
            case PROTOCOL_BUFFER -> ProtobufDefinition.of(text);
            case TYPE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new InvalidDefinitionException(
                            "type has to be AVRO or PROTOCOL_BUFFER, and is %s."
                                    .formatted(
                                            schema.getType() == Schema.Type.UNRECOGNIZED
                                                    ? schema.getTypeValue()
                                                    : "not said"));
        };
    }

    /** How messages of this type are called in the reasons of refusals. */
    String kindOfMessage();

    /**
     * Checks a message.
     *
     * @throws MismatchException when the message does not fit
     */
    void check(ByteString message, Encoding encoding) throws MismatchException;

    /**
     * What keeps this from being a further revision of a schema that has the other one, if anything
     * does.
     */
    Optional<String> conflictWith(SchemaDefinition earlier);
}
