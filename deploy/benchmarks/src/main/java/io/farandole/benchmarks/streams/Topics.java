package io.farandole.benchmarks.streams;

import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberBlockingStub;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.TopicName;
import io.farandole.events.Topic;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A project's topics with a reader each, provisioned as the platform's are. */
final class Topics {

    private final String project;
    private final PublisherBlockingStub topics;
    private final SubscriberBlockingStub subscriptions;
    private final List<TopicName> createdTopics = new ArrayList<>();
    private final List<ProjectSubscriptionName> createdSubscriptions = new ArrayList<>();

    Topics(Channel channel, String project) {
        this.project = project;
        topics = PublisherGrpc.newBlockingStub(channel);
        subscriptions = SubscriberGrpc.newBlockingStub(channel);
    }

    void create(Topic<?> topic, String reader, int ackDeadlineSeconds) {
        create(topic, Duration.ZERO);
        subscribe(topic, reader, ackDeadlineSeconds);
    }

    /**
     * @param retention for how long what was acknowledged can be read again; zero for not at all
     */
    void create(Topic<?> topic, Duration retention) {
        TopicName name = TopicName.of(project, topic.name());
        com.google.pubsub.v1.Topic.Builder made =
                com.google.pubsub.v1.Topic.newBuilder().setName(name.toString());
        if (!retention.isZero()) {
            made.setMessageRetentionDuration(
                    com.google.protobuf.Duration.newBuilder().setSeconds(retention.toSeconds()));
        }
        var _ = topics.createTopic(made.build());
        createdTopics.add(name);
    }

    void subscribe(Topic<?> topic, String reader, int ackDeadlineSeconds) {
        TopicName name = TopicName.of(project, topic.name());
        ProjectSubscriptionName subscription =
                ProjectSubscriptionName.of(project, topic.subscriptionOf(reader));
        var _ =
                subscriptions.createSubscription(
                        Subscription.newBuilder()
                                .setName(subscription.toString())
                                .setTopic(name.toString())
                                .setAckDeadlineSeconds(ackDeadlineSeconds)
                                .setEnableMessageOrdering(true)
                                .build());
        createdSubscriptions.add(subscription);
    }

    void delete() {
        for (ProjectSubscriptionName name : createdSubscriptions) {
            var _ =
                    subscriptions.deleteSubscription(
                            DeleteSubscriptionRequest.newBuilder()
                                    .setSubscription(name.toString())
                                    .build());
        }
        for (TopicName name : createdTopics) {
            var _ =
                    topics.deleteTopic(
                            DeleteTopicRequest.newBuilder().setTopic(name.toString()).build());
        }
    }
}
