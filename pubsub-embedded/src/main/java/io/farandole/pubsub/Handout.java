package io.farandole.pubsub;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.CodedOutputStream;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullResponse;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Messages on their way to a receiver: a {@link StreamingPullResponse} or {@link PullResponse}, of
 * which both have the messages in field 1, written from the messages' bytes without making objects
 * of them again.
 */
final class Handout {

    static final int MAX_MESSAGES = 500;
    private static final int MAX_BYTES = 2 << 20;
    private static final int LENGTH_DELIMITED = 2;
    private static final int RECEIVED_MESSAGES_TAG =
            StreamingPullResponse.RECEIVED_MESSAGES_FIELD_NUMBER << 3 | LENGTH_DELIMITED;

    record Handed(StoredMessage message, AckId ackId, int deliveryAttempt) {}

    private final List<Handed> handed = new ArrayList<>();
    private final int maxMessages;
    private final byte[] properties;
    private long bytes;

    /** {@code properties}: the serialised rest of the response. */
    Handout(int maxMessages, byte[] properties) {
        this.maxMessages = maxMessages;
        this.properties = properties;
    }

    /** {@code deliveryAttempt}: 0 where attempts are not counted. */
    void add(StoredMessage message, long lease, int deliveryAttempt) {
        handed.add(new Handed(message, new AckId(message.id(), lease), deliveryAttempt));
        bytes += message.size();
    }

    boolean hasRoom() {
        return handed.size() < maxMessages && bytes < MAX_BYTES;
    }

    boolean isEmpty() {
        return handed.isEmpty();
    }

    List<Handed> handed() {
        return handed;
    }

    Stream<StoredMessage> messages() {
        return handed.stream().map(Handed::message);
    }

    byte[] encode() {
        try {
            List<byte[]> ackIds = new ArrayList<>(handed.size());
            int size = properties.length;
            for (Handed one : handed) {
                byte[] ackId = one.ackId().toString().getBytes(US_ASCII);
                ackIds.add(ackId);
                int inner = innerSize(ackId, one);
                size += 1 + CodedOutputStream.computeUInt32SizeNoTag(inner) + inner;
            }
            byte[] encoded = new byte[size];
            CodedOutputStream out = CodedOutputStream.newInstance(encoded);
            out.writeRawBytes(properties);
            for (int i = 0; i < handed.size(); i++) {
                Handed one = handed.get(i);
                out.writeUInt32NoTag(RECEIVED_MESSAGES_TAG);
                out.writeUInt32NoTag(innerSize(ackIds.get(i), one));
                out.writeByteArray(ReceivedMessage.ACK_ID_FIELD_NUMBER, ackIds.get(i));
                out.writeByteArray(ReceivedMessage.MESSAGE_FIELD_NUMBER, one.message().bytes());
                if (one.deliveryAttempt() > 0) {
                    out.writeInt32(
                            ReceivedMessage.DELIVERY_ATTEMPT_FIELD_NUMBER, one.deliveryAttempt());
                }
            }
            out.checkNoSpaceLeft();
            return encoded;
        } catch (IOException e) {
            throw new UncheckedIOException("a response was measured wrongly", e);
        }
    }

    private static int innerSize(byte[] ackId, Handed one) {
        // the size alone: the bytes may have to be read from a file
        int size = one.message().size();
        return CodedOutputStream.computeByteArraySize(ReceivedMessage.ACK_ID_FIELD_NUMBER, ackId)
                + CodedOutputStream.computeTagSize(ReceivedMessage.MESSAGE_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(size)
                + size
                + attemptSize(one.deliveryAttempt());
    }

    private static int attemptSize(int deliveryAttempt) {
        return deliveryAttempt == 0
                ? 0
                : CodedOutputStream.computeInt32Size(
                        ReceivedMessage.DELIVERY_ATTEMPT_FIELD_NUMBER, deliveryAttempt);
    }

    /** Whoever reads it is told how much there is, and takes it at once. */
    private static final class Encoded extends ByteArrayInputStream implements KnownLength {

        Encoded(byte[] bytes) {
            super(bytes);
        }
    }

    /** Takes the place of the generated marshaller of the responses. */
    enum OnTheWire implements Marshaller<Handout> {
        INSTANCE;

        @Override
        public InputStream stream(Handout handout) {
            return new Encoded(handout.encode());
        }

        @Override
        public Handout parse(InputStream stream) {
            throw new UnsupportedOperationException("a server does not read its own responses");
        }
    }
}
