package io.farandole.benchmarks.streams;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherFutureStub;
import com.google.pubsub.v1.TopicName;
import io.farandole.benchmarks.counting.Fact;
import io.farandole.events.Topic;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Publishes a backlog, which is not measured, quicker than Google's client: it has an executor for
 * each ordering key. A request may hold messages of one key only, so a portion is a request a key.
 */
final class BacklogPublishing {

    private static final int PORTION = 20_000;
    private static final int MOST_IN_REQUEST = 1_000;

    private final PublisherFutureStub stub;
    private final String topic;
    private final ViewedMessages messages;

    BacklogPublishing(Channel channel, String project, Topic<?> topic, ViewedMessages messages) {
        this.stub = PublisherGrpc.newFutureStub(channel);
        this.topic = TopicName.of(project, topic.name()).toString();
        this.messages = messages;
    }

    /** Returns when all is acknowledged. */
    void publish(Iterator<Fact> facts) throws InterruptedException {
        while (facts.hasNext()) {
            portion(facts);
        }
    }

    // The next one begins when all of this is acknowledged: requests of one key do not overtake.
    private void portion(Iterator<Fact> facts) throws InterruptedException {
        Map<String, PublishRequest.Builder> open = new LinkedHashMap<>();
        List<ListenableFuture<PublishResponse>> answers = new ArrayList<>();
        for (int taken = 0; taken < PORTION && facts.hasNext(); taken++) {
            Fact fact = facts.next();
            PublishRequest.Builder request =
                    open.computeIfAbsent(
                            fact.key(), _ -> PublishRequest.newBuilder().setTopic(topic));
            request.addMessages(messages.of(fact));
            if (request.getMessagesCount() == MOST_IN_REQUEST) {
                answers.add(stub.publish(request.build()));
                open.remove(fact.key());
            }
        }
        open.values().forEach(request -> answers.add(stub.publish(request.build())));
        try {
            var _ = Futures.allAsList(answers).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A backlog was not published", e.getCause());
        }
    }
}
