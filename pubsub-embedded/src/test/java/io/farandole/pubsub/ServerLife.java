package io.farandole.pubsub;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.faults.Faults;
import io.farandole.pubsub.journal.JournalFiles;
import io.farandole.pubsub.time.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A server without a network, from its start to its end. */
final class ServerLife implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Broker broker;
    private final Times times = Times.ofTheMachine();

    ServerLife(@Nullable JournalFiles files, long payloadHeap) {
        boolean started = false;
        try {
            broker = new Broker(new Storage(files, payloadHeap), times, new Faults());
            started = true;
        } finally {
            if (!started) {
                times.close();
            }
        }
    }

    static String topic(String id) {
        return "projects/p/topics/" + id;
    }

    static String subscription(String id) {
        return "projects/p/subscriptions/" + id;
    }

    boolean create(String topic) {
        Answer<Topic> answer = new Answer<>();
        broker.create(
                DefinitionRules.withDefaults(Topic.newBuilder().setName(topic(topic)).build()),
                new Reply<>(answer));
        return answer.await(PATIENCE) != null;
    }

    boolean subscribe(String topic, String id, boolean ordered) {
        return subscribe(topic, id, Subscription.newBuilder().setEnableMessageOrdering(ordered));
    }

    /** With exactly-once delivery. */
    boolean subscribeOnce(String topic, String id) {
        return subscribe(topic, id, Subscription.newBuilder().setEnableExactlyOnceDelivery(true));
    }

    private boolean subscribe(String topic, String id, Subscription.Builder subscription) {
        Answer<Subscription> answer = new Answer<>();
        broker.create(
                DefinitionRules.withDefaults(
                        subscription.setName(subscription(id)).setTopic(topic(topic)).build()),
                new Reply<>(answer));
        return answer.await(PATIENCE) != null;
    }

    Answer<PublishResponse> publish(String topic, String key, List<String> texts) {
        Answer<PublishResponse> answer = new Answer<>();
        PublishRequest.Builder request = PublishRequest.newBuilder().setTopic(topic(topic));
        for (String text : texts) {
            request.addMessages(
                    PubsubMessage.newBuilder()
                            .setData(ByteString.copyFromUtf8(text))
                            .setOrderingKey(key));
        }
        broker.publish(request.build(), new Reply<>(answer));
        return answer;
    }

    List<ReceivedMessage> pull(String id, int max) {
        Answer<Handout> answer = new Answer<>();
        live(id).pull(new PullCall(max, answer), 0);
        return messagesIn(Objects.requireNonNull(answer.await(PATIENCE)));
    }

    /** All that waits, as one stream gets it; it is given back. */
    List<ReceivedMessage> look(String id) {
        Answer<Handout> answers = new Answer<>();
        PullStream stream =
                new PullStream(
                        StreamingPullRequest.newBuilder().setStreamAckDeadlineSeconds(600).build(),
                        answers);
        live(id).open(stream);
        List<ReceivedMessage> messages = new ArrayList<>();
        answers.values().forEach(handout -> messages.addAll(messagesIn(handout)));
        live(id).leave(stream);
        return messages;
    }

    private static List<ReceivedMessage> messagesIn(Handout handout) {
        try {
            return PullResponse.parseFrom(handout.encode()).getReceivedMessagesList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    void acknowledge(String id, List<ReceivedMessage> messages) {
        live(id).acknowledge(
                        AckId.parseAll(messages.stream().map(ReceivedMessage::getAckId).toList()),
                        broker.journal());
    }

    /** Gives each message to {@code confirmed} once the server says that it never comes back. */
    void acknowledgeOnce(
            String id, List<ReceivedMessage> messages, Consumer<ReceivedMessage> confirmed) {
        live(id).acknowledge(
                        messages.stream().map(ReceivedMessage::getAckId).toList(),
                        broker.journal(),
                        confirmation ->
                                messages.stream()
                                        .filter(
                                                one ->
                                                        confirmation.outcomes().get(one.getAckId())
                                                                == Confirmation.Outcome.DONE)
                                        .forEach(confirmed));
    }

    void giveBack(String id, List<ReceivedMessage> messages) {
        live(id).modify(
                        AckId.parseAll(messages.stream().map(ReceivedMessage::getAckId).toList()),
                        IntStream.generate(() -> 0).limit(messages.size()).boxed().toList());
    }

    private LiveSubscription live(String id) {
        return broker.subscription(subscription(id)).orElseThrow();
    }

    @Override
    public void close() {
        broker.close();
        times.close();
    }
}
