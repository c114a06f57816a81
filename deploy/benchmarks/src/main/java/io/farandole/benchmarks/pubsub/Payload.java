package io.farandole.benchmarks.pubsub;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.nio.ByteBuffer;
import java.util.Random;

/** A message of 300 bytes that tells its number and when it was sent. */
record Payload(int number, long sentNanos) {

    static final int BYTES = 300;
    private static final byte[] REST = new byte[BYTES];

    static {
        // nothing that a transport could press together
        new Random(1).nextBytes(REST);
    }

    PubsubMessage message() {
        byte[] bytes = REST.clone();
        ByteBuffer.wrap(bytes).putInt(number).putLong(sentNanos);
        return PubsubMessage.newBuilder().setData(ByteString.copyFrom(bytes)).build();
    }

    static Payload in(PubsubMessage message) {
        ByteBuffer bytes = message.getData().asReadOnlyByteBuffer();
        return new Payload(bytes.getInt(), bytes.getLong());
    }
}
