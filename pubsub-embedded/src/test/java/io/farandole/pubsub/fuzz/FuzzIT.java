package io.farandole.pubsub.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.SubscriberGrpc;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.SubscriptionCounts;
import io.farandole.pubsub.TopicCounts;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private static final int REQUESTS = 4_000;
    private static final int AT_ONCE = 64;

    /** Longer than anything takes but a pull of nothing, which is answered before its deadline. */
    private static final long DEADLINE_MILLIS = 15_000;

    private static final long PULL_DEADLINE_MILLIS = 4_000;

    private static final List<MethodDescriptor<?, ?>> METHODS =
            Stream.of(
                            PublisherGrpc.getServiceDescriptor(),
                            SubscriberGrpc.getServiceDescriptor(),
                            SchemaServiceGrpc.getServiceDescriptor())
                    .map(ServiceDescriptor::getMethods)
                    .<MethodDescriptor<?, ?>>flatMap(Collection::stream)
                    .toList();

    @TempDir Path journal;

    private record Sent(String method, List<Message> requests, List<byte[]> bytes) {

        String shown() {
            String text = requests.toString().replaceAll("\\s+", " ");
            return method
                    + " "
                    + (text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text)
                    + " as "
                    + bytes.stream().map(one -> one.length).toList()
                    + " bytes";
        }
    }

    @Test
    void answersWhateverComes() throws Exception {
        fuzz(20_261_125);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void answersWhateverComesOfOtherSeedsToo(long seed) throws Exception {
        fuzz(seed);
    }

    private void fuzz(long seed) throws Exception {
        List<TopicCounts> topics;
        List<SubscriptionCounts> subscriptions;
        Map<String, Map<Status.Code, Integer>> tally = new TreeMap<>();
        try (EmbeddedPubSub server = EmbeddedPubSub.builder().journal(journal).start();
                Wire wire = new Wire(server.endpoint());
                GoodRequests good = new GoodRequests(server.endpoint())) {
            Queue<String> wrong = new ConcurrentLinkedQueue<>();
            Semaphore slots = new Semaphore(AT_ONCE);
            Semaphore pullSlots = new Semaphore(REQUESTS);
            Random random = new Random(seed);
            OddRequests requests = new OddRequests(random);
            OddBytes spoiler = new OddBytes(random);
            for (int i = 0; i < REQUESTS; i++) {
                if (i % 200 == 0) {
                    good.succeed();
                }
                MethodDescriptor<?, ?> method = METHODS.get(random.nextInt(METHODS.size()));
                Sent sent = sent(method, requests, spoiler, random);
                // a pull may wait, and others must not wait for it
                boolean pull = sent.method().equals("Pull");
                Semaphore taken = pull ? pullSlots : slots;
                assertThat(taken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                var _ =
                        wire.call(
                                        method,
                                        sent.bytes(),
                                        pull ? PULL_DEADLINE_MILLIS : DEADLINE_MILLIS)
                                .thenAccept(
                                        status -> {
                                            check(sent, status, wrong);
                                            synchronized (tally) {
                                                tally.computeIfAbsent(
                                                                sent.method(),
                                                                _ ->
                                                                        new EnumMap<>(
                                                                                Status.Code.class))
                                                        .merge(status.getCode(), 1, Integer::sum);
                                            }
                                            taken.release();
                                        });
            }
            assertThat(slots.tryAcquire(AT_ONCE, 20, TimeUnit.SECONDS)).isTrue();
            assertThat(pullSlots.tryAcquire(REQUESTS, 20, TimeUnit.SECONDS)).isTrue();
            assertThat(wrong).as("seed %d, %s", seed, tally).isEmpty();
            good.succeed();
            topics = server.topicCounts();
            subscriptions = server.subscriptionCounts();
        }
        assertThat(tally).hasSize(METHODS.size());
        try (EmbeddedPubSub again = EmbeddedPubSub.builder().journal(journal).start()) {
            assertThat(again.topicCounts()).extracting(TopicCounts::topic).isEqualTo(names(topics));
            assertThat(again.subscriptionCounts())
                    .extracting(SubscriptionCounts::subscription)
                    .isEqualTo(
                            subscriptions.stream().map(SubscriptionCounts::subscription).toList());
        }
    }

    private static List<String> names(List<TopicCounts> topics) {
        return topics.stream().map(TopicCounts::topic).toList();
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
        PrototypeMarshaller<?> marshaller = (PrototypeMarshaller<?>) method.getRequestMarshaller();
        return (Message) Objects.requireNonNull(marshaller.getMessagePrototype());
    }

    private static void check(Sent sent, Status status, Queue<String> wrong) {
        String said = String.valueOf(status.getDescription());
        if (!Documented.codes(sent.method()).contains(status.getCode())) {
            wrong.add(status + " to " + sent.shown());
        } else if (!status.isOk() && said.split(" ").length < 3) {
            wrong.add("no sentence, but " + status + " to " + sent.shown());
        }
    }
}
