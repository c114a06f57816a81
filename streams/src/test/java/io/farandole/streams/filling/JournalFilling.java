package io.farandole.streams.filling;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.journal.JournalReader;
import io.farandole.streams.installation.Installation;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Publishes what a topic retains until the disk of the broker's journal takes no more. */
final class JournalFilling {

    private static final String TOPIC = "projects/farandole-test/topics/bulk";
    private static final PublishRequest REQUEST =
            PublishRequest.newBuilder()
                    .setTopic(TOPIC)
                    .addMessages(
                            PubsubMessage.newBuilder()
                                    .setData(ByteString.copyFrom(new byte[200_000])))
                    .build();
    private static final int MOST = 2_000;

    private final Installation installation;
    private final Path journal;
    private final PublisherBlockingStub publisher;
    private final Set<String> acknowledged = new HashSet<>();

    JournalFilling(Installation installation, Path journal) {
        this.installation = installation;
        this.journal = journal;
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(installation.pubSub().endpoint())
                        .usePlaintext()
                        .build();
        publisher = PublisherGrpc.newBlockingStub(channel);
    }

    void fill(SmallDisk disk, long left) throws IOException {
        Topic bulk =
                Topic.newBuilder()
                        .setName(TOPIC)
                        .setMessageRetentionDuration(Duration.newBuilder().setSeconds(86_400))
                        .build();
        assertThat(publisher.createTopic(bulk).getName()).isEqualTo(TOPIC);
        publish();
        disk.fill(left);
        for (int i = 0; i < MOST; i++) {
            try {
                publish();
            } catch (StatusRuntimeException e) {
                refused(e);
                return;
            }
        }
        throw new AssertionError("it takes more than there is room for");
    }

    void isRefused() {
        try {
            publish();
        } catch (StatusRuntimeException e) {
            refused(e);
            return;
        }
        throw new AssertionError("it was taken though there is no room");
    }

    /** Also when the broker ends and reads its journal. */
    void isTakenAgainAndNothingIsLost() {
        publish();
        Set<String> journaled = new HashSet<>();
        JournalReader.read(
                journal,
                message -> {
                    if (message.topic().equals(TOPIC)) {
                        journaled.add(message.messageId());
                    }
                });
        assertThat(journaled).isEqualTo(acknowledged);
        installation.restartPubSub(EmbeddedPubSub.builder().journal(journal));
        publish();
        System.out.println(acknowledged.size() + " of the bulk were acknowledged, and are there");
    }

    private void publish() {
        acknowledged.addAll(publisher.publish(REQUEST).getMessageIdsList());
    }

    private static void refused(StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(e.getStatus().getDescription()).isNotBlank();
        System.out.println("Refused: " + e.getStatus().getDescription());
    }
}
