package io.farandole.pubsub.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.SubscriberGrpc;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.SubscriptionCounts;
import io.farandole.pubsub.TopicCounts;
import io.farandole.pubsub.fuzz.Answers.Sent;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests of every method, from plausible to garbage: each is answered within its deadline by a
 * code that is documented for the method and by a sentence, while well-formed ones succeed; and a
 * server that starts on what the journal holds of it knows the same.
 */
class FuzzIT {

    private static final int REQUESTS = 3_000;
    private static final int AT_ONCE = 64;
    private static final int BETWEEN_GOOD_ONES = 100;

    /** Longer than anything takes but a pull of nothing, which is answered before its deadline. */
    private static final long DEADLINE_MILLIS = 15_000;

    private static final long PULL_DEADLINE_MILLIS = 3_000;
    private static final long PATIENCE_SECONDS = 20;

    private static final List<MethodDescriptor<?, ?>> METHODS =
            Stream.of(
                            PublisherGrpc.getServiceDescriptor(),
                            SubscriberGrpc.getServiceDescriptor(),
                            SchemaServiceGrpc.getServiceDescriptor())
                    .map(ServiceDescriptor::getMethods)
                    .<MethodDescriptor<?, ?>>flatMap(Collection::stream)
                    .toList();

    private static final Set<String> DESTRUCTIVE =
            Set.of("DeleteTopic", "DeleteSubscription", "DetachSubscription", "DeleteSchema");

    @TempDir Path journal;

    private record Known(List<String> topics, List<String> subscriptions) {

        static Known by(EmbeddedPubSub server) {
            return new Known(
                    server.topicCounts().stream().map(TopicCounts::topic).toList(),
                    server.subscriptionCounts().stream()
                            .map(SubscriptionCounts::subscription)
                            .toList());
        }
    }

    @Test
    void answersWhateverComes() throws Exception {
        fuzz(20_261_125);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void refusesWhatIsTooLargeToBeRead(String packing) throws Exception {
        PublishRequest large =
                PublishRequest.newBuilder()
                        .setTopic(OddStrings.PROJECT + "/topics/news")
                        .addMessages(
                                PubsubMessage.newBuilder()
                                        .setData(ByteString.copyFrom(new byte[40_000_001])))
                        .build();
        try (EmbeddedPubSub server = EmbeddedPubSub.start();
                Wire wire = new Wire(server.endpoint());
                GoodRequests good = new GoodRequests(server.endpoint())) {
            CallOptions packed =
                    CallOptions.DEFAULT
                            .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                            .withCompression(packing);
            assertThat(
                            wire.call(
                                            PublisherGrpc.getPublishMethod(),
                                            List.of(large.toByteArray()),
                                            packed)
                                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                    .getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            good.succeed();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void answersWhateverComesOfOtherSeedsToo(long seed) throws Exception {
        fuzz(seed);
    }

    private void fuzz(long seed) throws Exception {
        Answers answers = new Answers();
        Known before;
        try (ServerFaults faults = new ServerFaults();
                EmbeddedPubSub server = EmbeddedPubSub.builder().journal(journal).start();
                Wire wire = new Wire(server.endpoint());
                GoodRequests good = new GoodRequests(server.endpoint())) {
            send(new Random(seed), wire, good, answers);
            good.succeed();
            assertThat(answers.wrong()).as("seed %d, %s", seed, answers).isEmpty();
            assertThat(faults.seen()).as("seed %d", seed).isEmpty();
            before = Known.by(server);
        }
        assertThat(answers.methods()).isEqualTo(METHODS.size());
        for (String method :
                List.of(
                        "CreateTopic",
                        "Publish",
                        "CreateSubscription",
                        "Pull",
                        "StreamingPull",
                        "Acknowledge",
                        "CreateSnapshot",
                        "Seek",
                        "CommitSchema",
                        "ValidateSchema",
                        "ValidateMessage")) {
            assertThat(answers.of(method, Status.Code.OK))
                    .as("%s that succeed; otherwise little is tried: %s", method, answers)
                    .isPositive();
        }
        try (EmbeddedPubSub again = EmbeddedPubSub.builder().journal(journal).start()) {
            assertThat(Known.by(again)).isEqualTo(before);
        }
    }

    private static void send(Random random, Wire wire, GoodRequests good, Answers answers)
            throws InterruptedException {
        OddRequests requests = new OddRequests(random);
        OddBytes spoiler = new OddBytes(random);
        Semaphore slots = new Semaphore(AT_ONCE);
        // a pull may wait, and others must not wait for it
        Semaphore pulls = new Semaphore(REQUESTS);
        for (int i = 0; i < REQUESTS; i++) {
            if (i % BETWEEN_GOOD_ONES == 0) {
                good.succeed();
                good.furnish();
            }
            MethodDescriptor<?, ?> method = method(random);
            Sent sent = sent(method, requests, spoiler, random);
            boolean pull = sent.method().equals("Pull");
            Semaphore taken = pull ? pulls : slots;
            assertThat(taken.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            var _ =
                    wire.call(method, sent.bytes(), pull ? PULL_DEADLINE_MILLIS : DEADLINE_MILLIS)
                            .thenAccept(
                                    status -> {
                                        answers.add(sent, status);
                                        taken.release();
                                    });
        }
        assertThat(slots.tryAcquire(AT_ONCE, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(pulls.tryAcquire(REQUESTS, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Those that leave nothing to others come less often. */
    private static MethodDescriptor<?, ?> method(Random random) {
        MethodDescriptor<?, ?> method = METHODS.get(random.nextInt(METHODS.size()));
        return DESTRUCTIVE.contains(String.valueOf(method.getBareMethodName()))
                        && random.nextInt(3) > 0
                ? method(random)
                : method;
    }

    private static Sent sent(
            MethodDescriptor<?, ?> method, OddRequests requests, OddBytes spoiler, Random random) {
        List<Message> made = new ArrayList<>();
        int count = method.getType() == MethodDescriptor.MethodType.UNARY ? 1 : random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Message request = requests.of(prototype(method));
            made.add(i > 0 && random.nextBoolean() ? ofLater(request) : request);
        }
        return new Sent(
                String.valueOf(method.getBareMethodName()),
                made,
                made.stream().map(request -> spoiler.maybeSpoiled(request.toByteArray())).toList());
    }

    /** A later request of a stream must not say again what the first one said. */
    private static Message ofLater(Message request) {
        return request instanceof StreamingPullRequest later
                ? later.toBuilder()
                        .clearSubscription()
                        .clearMaxOutstandingMessages()
                        .clearMaxOutstandingBytes()
                        .clearProtocolVersion()
                        .build()
                : request;
    }

    private static Message prototype(MethodDescriptor<?, ?> method) {
        return (Message)
                Objects.requireNonNull(
                        ((PrototypeMarshaller<?>) method.getRequestMarshaller())
                                .getMessagePrototype());
    }
}
