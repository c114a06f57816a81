package io.farandole.pubsub.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.pubsub.v1.Encoding;
import java.util.Optional;

/** A Protocol Buffer schema: its one top-level message. */
record ProtobufDefinition(Descriptor message) implements SchemaDefinition {

    private static final JsonFormat.Parser JSON = JsonFormat.parser();

    static ProtobufDefinition of(String text) throws InvalidDefinitionException {
        return new ProtobufDefinition(ProtobufSource.messageIn(text));
    }

    @Override
    public String kindOfMessage() {
        return "PROTO";
    }

    @Override
    public void check(ByteString data, Encoding encoding) throws MismatchException {
        if (encoding == Encoding.BINARY) {
            checkBinary(data);
        } else {
            checkJson(data);
        }
    }

    private void checkBinary(ByteString data) throws MismatchException {
        try {
            var _ = DynamicMessage.parseFrom(message, data);
        } catch (InvalidProtocolBufferException e) {
            throw new MismatchException(AvroDefinition.said(e));
        }
    }

    private void checkJson(ByteString data) throws MismatchException {
        JsonText.check(data);
        String json = data.toString(UTF_8);
        DynamicMessage.Builder read = DynamicMessage.newBuilder(message);
        try {
            JSON.merge(json, read);
        } catch (InvalidProtocolBufferException e) {
            throw ProtobufPlace.in(json, message, e);
        }
        if (!read.isInitialized()) {
            throw new MismatchException(
                    "required and not there: "
                            + String.join(", ", read.findInitializationErrors()));
        }
    }

    @Override
    public Optional<String> conflictWith(SchemaDefinition earlier) {
        return earlier instanceof ProtobufDefinition(Descriptor other)
                ? ProtobufChange.conflict(other, message)
                : Optional.of("it is of another type");
    }
}
