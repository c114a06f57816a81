package io.farandole.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Backlogs far beyond the heap of their server, and then all of it handed out. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class BacklogIT {

    private static final int MESSAGE_BYTES = 300;
    private static final int PER_REQUEST = 1_000;
    private static final String TOPIC = "projects/p/topics/backlog";
    private static final String SUBSCRIPTION = "projects/p/subscriptions/reader";

    @TempDir Path directory;

    @Test
    void holdsAMillionMessagesIn600MegabytesWithAJournal() throws Exception {
        fillAndDrain(1_000_000, "600m", directory);
    }

    @Test
    void holdsAMillionMessagesIn600MegabytesWithoutAJournal() throws Exception {
        fillAndDrain(1_000_000, "600m", null);
    }

    @Test
    void holdsThreeMillionMessagesInAGigabyteWithAJournal() throws Exception {
        fillAndDrain(3_000_000, "1g", directory);
    }

    @Test
    void holdsThreeMillionMessagesInAGigabyteWithoutAJournal() throws Exception {
        fillAndDrain(3_000_000, "1g", null);
    }

    private static void fillAndDrain(int messages, String heap, @Nullable Path journal)
            throws Exception {
        try (Server server = Server.start(heap, journal)) {
            server.create();
            Duration start = server.cpu();
            long publishing = server.publish(messages);
            Duration filled = server.cpu();
            String used = server.usedHeap();
            Duration collected = server.cpu();
            long draining = server.drain(messages);
            Duration drained = server.cpu();
            System.out.printf(
                    "%,d messages of %d bytes, -Xmx%s, journal %s: published at %,d/s (%d ms of the server's CPU),"
                            + " used heap %s, drained at %,d/s (%d ms)%n",
                    messages,
                    MESSAGE_BYTES,
                    heap,
                    journal == null ? "none" : "on",
                    messages * 1000L / publishing,
                    filled.minus(start).toMillis(),
                    used,
                    messages * 1000L / draining,
                    drained.minus(collected).toMillis());
        }
        if (journal != null) {
            Instant before = Instant.now();
            try (Server again = Server.start(heap, journal)) {
                System.out.printf(
                        "started again after %d ms; used heap %s%n",
                        Duration.between(before, Instant.now()).toMillis(), again.usedHeap());
            }
        }
    }

    /** A server in a JVM of its own, with that much heap. */
    private record Server(Process process, BufferedReader out, ManagedChannel channel)
            implements AutoCloseable {

        static Server start(String heap, @Nullable Path journal) throws IOException {
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "--sun-misc-unsafe-memory-access=allow",
                                    "-Xmx" + heap,
                                    "-XX:+ExitOnOutOfMemoryError",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    BacklogIT.class.getName()));
            if (journal != null) {
                command.add(journal.toString());
            }
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            String endpoint = out.readLine();
            assertThat(endpoint).startsWith("127.0.0.1:");
            return new Server(
                    process,
                    out,
                    NettyChannelBuilder.forTarget(endpoint)
                            .usePlaintext()
                            .maxInboundMessageSize(20 << 20)
                            .build());
        }

        void create() {
            PublisherGrpc.newBlockingStub(channel)
                    .createTopic(Topic.newBuilder().setName(TOPIC).build());
            SubscriberGrpc.newBlockingStub(channel)
                    .createSubscription(
                            Subscription.newBuilder()
                                    .setName(SUBSCRIPTION)
                                    .setTopic(TOPIC)
                                    .setAckDeadlineSeconds(600)
                                    .build());
        }

        /** What the server took of the processors so far: the machine may be busy with others. */
        Duration cpu() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }

        /** What the server's heap holds after a collection, in megabytes. */
        String usedHeap() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return String.valueOf(out.readLine());
        }

        /** Returns the milliseconds that it took. */
        long publish(int messages) throws InterruptedException {
            PublisherGrpc.PublisherStub publisher = PublisherGrpc.newStub(channel);
            Semaphore underWay = new Semaphore(16);
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            long begin = System.nanoTime();
            for (int first = 0; first < messages; first += PER_REQUEST) {
                underWay.acquire();
                assertThat(failure.get()).isNull();
                publisher.publish(
                        request(first),
                        new StreamObserver<>() {
                            @Override
                            public void onNext(PublishResponse response) {}

                            @Override
                            public void onError(Throwable thrown) {
                                failure.set(thrown);
                                underWay.release();
                            }

                            @Override
                            public void onCompleted() {
                                underWay.release();
                            }
                        });
            }
            underWay.acquire(16);
            assertThat(failure.get()).isNull();
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        }

        private static PublishRequest request(int first) {
            PublishRequest.Builder request = PublishRequest.newBuilder().setTopic(TOPIC);
            for (int i = first; i < first + PER_REQUEST; i++) {
                byte[] data = new byte[MESSAGE_BYTES];
                ByteBuffer.wrap(data).putInt(i);
                request.addMessages(PubsubMessage.newBuilder().setData(ByteString.copyFrom(data)));
            }
            return request.build();
        }

        /** Returns the milliseconds that it took to get and acknowledge all of them. */
        long drain(int messages) throws InterruptedException {
            Drain drain = new Drain(messages);
            long begin = System.nanoTime();
            SubscriberGrpc.newStub(channel).streamingPull(drain);
            assertThat(drain.done.await(10, TimeUnit.MINUTES)).isTrue();
            assertThat(drain.failure.get()).isNull();
            assertThat(drain.seen.cardinality()).isEqualTo(messages);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        }

        @Override
        public void close() {
            channel.shutdownNow();
            process.destroy();
            process.onExit().join();
        }
    }

    private static final class Drain
            implements ClientResponseObserver<StreamingPullRequest, StreamingPullResponse> {
        private final int messages;
        private final BitSet seen = new BitSet();
        private final CountDownLatch done = new CountDownLatch(1);
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private int received;
        private @Nullable ClientCallStreamObserver<StreamingPullRequest> requests;

        Drain(int messages) {
            this.messages = messages;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamingPullRequest> stream) {
            requests = stream;
            stream.setOnReadyHandler(
                    new Runnable() {
                        private boolean opened;

                        @Override
                        public void run() {
                            if (!opened) {
                                opened = true;
                                stream.onNext(
                                        StreamingPullRequest.newBuilder()
                                                .setSubscription(SUBSCRIPTION)
                                                .setStreamAckDeadlineSeconds(600)
                                                .setMaxOutstandingMessages(10_000)
                                                .build());
                            }
                        }
                    });
        }

        @Override
        public void onNext(StreamingPullResponse response) {
            StreamingPullRequest.Builder acknowledgement = StreamingPullRequest.newBuilder();
            for (ReceivedMessage received : response.getReceivedMessagesList()) {
                ByteString data = received.getMessage().getData();
                assertThat(data.size()).isEqualTo(MESSAGE_BYTES);
                seen.set(data.asReadOnlyByteBuffer().getInt());
                acknowledgement.addAckIds(received.getAckId());
            }
            if (requests != null && acknowledgement.getAckIdsCount() > 0) {
                requests.onNext(acknowledgement.build());
            }
            if (received(response.getReceivedMessagesCount()) && seen.cardinality() == messages) {
                done.countDown();
            }
        }

        /** Whether there may be all: to count bits for each response takes too long. */
        private boolean received(int more) {
            received += more;
            return received >= messages;
        }

        @Override
        public void onError(Throwable thrown) {
            if (Status.fromThrowable(thrown).getCode() != Status.Code.CANCELLED) {
                failure.set(thrown);
            }
            done.countDown();
        }

        @Override
        public void onCompleted() {
            done.countDown();
        }
    }

    /** The server: prints its endpoint, and its used heap for each line that it reads. */
    public static void main(String[] arguments) throws IOException {
        EmbeddedPubSub.Builder builder = EmbeddedPubSub.builder();
        if (arguments.length > 0) {
            builder.journal(Path.of(arguments[0]));
        }
        EmbeddedPubSub server = builder.start();
        System.out.println(server.endpoint());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (in.readLine() != null) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.println(((runtime.totalMemory() - runtime.freeMemory()) >> 20) + " MB");
        }
        server.close();
    }
}
