package io.farandole.pubsub.schema;

import com.google.protobuf.Any;
import com.google.pubsub.v1.Encoding;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/**
 * The refusal of a message that fits no schema, with the reason and the details that Google's
 * service gives.
 */
public final class MessageRefusal {

    static final String BEGINNING = "Invalid data in message: Message failed schema validation. ";
    private static final String DOMAIN = "pubsub.googleapis.com";

    private MessageRefusal() {}

    /** For a message that was checked against one definition. */
    public static StatusException of(
            SchemaDefinition definition, Encoding encoding, MismatchException mismatch) {
        return of(definition, encoding, AvroDefinition.said(mismatch), Map.of());
    }

    static StatusException of(
            SchemaDefinition definition,
            Encoding encoding,
            String sentence,
            Map<String, String> metadata) {
        ErrorInfo info =
                ErrorInfo.newBuilder()
                        .setReason(
                                "INVALID_%s_%s_MESSAGE"
                                        .formatted(encoding, definition.kindOfMessage()))
                        .setDomain(DOMAIN)
                        .putMetadata("message", "Message failed schema validation")
                        .putAllMetadata(metadata)
                        .build();
        return StatusProto.toStatusException(
                com.google.rpc.Status.newBuilder()
                        .setCode(Code.INVALID_ARGUMENT_VALUE)
                        .setMessage(BEGINNING + sentence)
                        .addDetails(Any.pack(info))
                        .build());
    }
}
