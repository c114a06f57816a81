package io.farandole.local.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker as everything here starts it does not take more room than it is given. */
class JournalLimitTest {

    private static final long LIMIT = 2_000_000;
    private static final String TOPIC = "projects/p/topics/retaining";
    private static final PublishRequest HUNDRED_KILOBYTES =
            PublishRequest.newBuilder()
                    .setTopic(TOPIC)
                    .addMessages(
                            PubsubMessage.newBuilder()
                                    .setData(ByteString.copyFrom(new byte[100_000])))
                    .build();

    @TempDir Path path;

    @Test
    void publishesAreRefusedBeyondIt() {
        DataDirectory directory = new DataDirectory(path);
        directory.create();

        try (EmbeddedPubSub _ = broker(directory, LIMIT)) {
            assertThat(published()).isBetween(10, 19);
            assertThat(DataDirectory.size(directory.journal())).isLessThan(LIMIT + LIMIT / 8);
        }
        // What was published is there; with more room, there is more.
        try (EmbeddedPubSub _ = broker(directory, 2 * LIMIT)) {
            assertThat(published()).isBetween(10, 29);
        }
    }

    private EmbeddedPubSub broker(DataDirectory directory, long limit) {
        EmbeddedPubSub broker = AllInOne.broker(directory, new Ports(0, 0, 0), limit);
        port = broker.port();
        return broker;
    }

    private int port;

    /** How many messages of a hundred kilobytes it took. */
    private int published() {
        ManagedChannel channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            PublisherBlockingStub publisher = PublisherGrpc.newBlockingStub(channel);
            create(publisher);
            for (int taken = 0; taken < 100; taken++) {
                try {
                    publisher.publish(HUNDRED_KILOBYTES);
                } catch (StatusRuntimeException e) {
                    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    return taken;
                }
            }
            throw new AssertionError("it takes more than its limit");
        } finally {
            channel.shutdownNow();
        }
    }

    private static void create(PublisherBlockingStub publisher) {
        Topic retaining =
                Topic.newBuilder()
                        .setName(TOPIC)
                        .setMessageRetentionDuration(
                                com.google.protobuf.Duration.newBuilder().setSeconds(86_400))
                        .build();
        try {
            publisher.createTopic(retaining);
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        }
    }
}
