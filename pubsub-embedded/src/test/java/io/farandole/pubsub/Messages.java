package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Messages for queues, and what comes out of them. */
final class Messages {

    private Messages() {}

    static List<AckId> take(SubscriptionQueue queue, Receiver receiver, int max, long deadline) {
        Handout handout = new Handout(max, new byte[0]);
        queue.fill(receiver, handout, deadline);
        try {
            List<AckId> taken = new ArrayList<>();
            for (ReceivedMessage received :
                    StreamingPullResponse.parseFrom(handout.encode()).getReceivedMessagesList()) {
                AckId ackId = AckId.parse(received.getAckId()).orElseThrow();
                assertThat(received.getMessage().getMessageId())
                        .isEqualTo(Long.toString(ackId.message()));
                taken.add(ackId);
            }
            return taken;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    static StoredMessage stored(long id, String key, long publishedAtMillis) {
        PubsubMessage message =
                PubsubMessage.newBuilder()
                        .setData(ByteString.copyFromUtf8("x".repeat((int) (id % 50))))
                        .setOrderingKey(key)
                        .build();
        return new StoredMessage(
                id,
                key,
                publishedAtMillis,
                MessageBytes.of(message, Long.toString(id), Instant.EPOCH));
    }
}
