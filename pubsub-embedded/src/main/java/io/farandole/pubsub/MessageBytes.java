package io.farandole.pubsub;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Writes a message as it is kept and handed out: what the publisher sent, then the id and the time
 * that the server gave.
 */
final class MessageBytes {

    private MessageBytes() {}

    static byte[] of(PubsubMessage sent, String id, Instant time) {
        // what a publisher says of id and time counts for nothing
        PubsubMessage message =
                sent.hasPublishTime() || !sent.getMessageId().isEmpty()
                        ? sent.toBuilder().clearPublishTime().clearMessageId().build()
                        : sent;
        Timestamp publishTime =
                Timestamp.newBuilder()
                        .setSeconds(time.getEpochSecond())
                        .setNanos(time.getNano())
                        .build();
        int size =
                message.getSerializedSize()
                        + CodedOutputStream.computeStringSize(
                                PubsubMessage.MESSAGE_ID_FIELD_NUMBER, id)
                        + CodedOutputStream.computeMessageSize(
                                PubsubMessage.PUBLISH_TIME_FIELD_NUMBER, publishTime);
        byte[] bytes = new byte[size];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            message.writeTo(out);
            out.writeString(PubsubMessage.MESSAGE_ID_FIELD_NUMBER, id);
            out.writeMessage(PubsubMessage.PUBLISH_TIME_FIELD_NUMBER, publishTime);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("a message was measured wrongly", e);
        }
        return bytes;
    }
}
