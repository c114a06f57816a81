package io.farandole.pubsub.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.Encoding;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** An Avro schema. */
record AvroDefinition(Schema schema) implements SchemaDefinition {

    static AvroDefinition of(String text) throws InvalidDefinitionException {
        Schema.Parser parser = new Schema.Parser();
        // The example in Google's documentation gives a double the default "0.0": the service does
        // not look at defaults.
        parser.setValidateDefaults(false);
        Schema schema;
        try {
            schema = parser.parse(text);
        } catch (AvroRuntimeException e) {
            throw new InvalidDefinitionException("The definition is no Avro schema: " + said(e), e);
        } catch (StackOverflowError e) {
            throw new InvalidDefinitionException("The definition is nested too deeply.", e);
        }
        if (schema.getType() == Schema.Type.UNION) {
            throw new InvalidDefinitionException(
                    "The definition is a union at the top: a schema has exactly one type there.");
        }
        return new AvroDefinition(schema);
    }

    @Override
    public String kindOfMessage() {
        return "AVRO";
    }

    @Override
    public void check(ByteString message, Encoding encoding) throws MismatchException {
        try {
            if (encoding == Encoding.BINARY) {
                checkBinary(message);
            } else {
                JsonText.check(message);
                AvroWalk.json(DecoderFactory.get().jsonDecoder(schema, message.toString(UTF_8)))
                        .value(schema);
            }
        } catch (IOException e) {
            throw new MismatchException(said(e));
        }
    }

    private void checkBinary(ByteString message) throws IOException, MismatchException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(message.toByteArray(), null);
        AvroWalk.binary(decoder).value(schema);
        if (!decoder.isEnd()) {
            throw new MismatchException("there is more data than the schema tells of");
        }
    }

    /** A revision has to read what the other wrote, and the other way round. */
    @Override
    public Optional<String> conflictWith(SchemaDefinition earlier) {
        if (!(earlier instanceof AvroDefinition(Schema other))) {
            return Optional.of("it is of another type");
        }
        return unreadable(schema, other)
                .map(reason -> "what that one wrote cannot be read by the new one: " + reason)
                .or(
                        () ->
                                unreadable(other, schema)
                                        .map(
                                                reason ->
                                                        "what the new one writes cannot be read by that one: "
                                                                + reason));
    }

    private static Optional<String> unreadable(Schema reader, Schema writer) {
        SchemaPairCompatibility compatibility =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return compatibility.getType() == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE
                ? Optional.empty()
                : Optional.of(
                        compatibility.getResult().getIncompatibilities().stream()
                                .findFirst()
                                .map(AvroDefinition::said)
                                .orElse(compatibility.getDescription()));
    }

    private static String said(Incompatibility incompatibility) {
        return "%s at %s (%s)"
                .formatted(
                        incompatibility.getType(),
                        incompatibility.getLocation(),
                        incompatibility.getMessage());
    }

    static String said(Exception thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }
}
