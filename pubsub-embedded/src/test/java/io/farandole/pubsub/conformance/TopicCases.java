package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;

/** google.pubsub.v1.Publisher, save Publish. */
final class TopicCases {

    @Rule(value = "CreateTopic creates the topic and answers it, labels and all", at = Page.RPC)
    void createdTopicIsAnswered(World w) {
        Topic created = w.topic("news", topic -> topic.putLabels("team", "a"));
        assertThat(created.getName()).isEqualTo(w.topicName("news"));
        assertThat(created.getLabelsMap()).containsEntry("team", "a");
        assertThat(get(w, "news")).isEqualTo(created);
    }

    @Rule(value = "a topic that exists already is ALREADY_EXISTS", at = Page.ERRORS)
    void topicExistsAlready(World w) {
        w.topic("news");
        Answers.refused(Code.ALREADY_EXISTS, () -> w.topic("news"));
    }

    @Rule(value = "a topic that does not exist is NOT_FOUND", at = Page.ERRORS)
    void missingTopicIsNotFound(World w) {
        Answers.refused(Code.NOT_FOUND, () -> get(w, "nowhere"));
        Answers.refused(Code.NOT_FOUND, () -> w.deleteTopic("nowhere"));
        Answers.refused(Code.NOT_FOUND, () -> update(w, Topic.newBuilder(), "nowhere", "labels"));
    }

    @Rule(value = "ListTopics lists the topics of its project", at = Page.RPC)
    void topicsAreListedByProject(World w) {
        w.topic("one");
        w.topic("two");
        assertThat(list(w, w.project(), 0, "").getTopicsList())
                .extracting(Topic::getName)
                .containsExactlyInAnyOrder(w.topicName("one"), w.topicName("two"));
        assertThat(list(w, w.project() + "-other", 0, "").getTopicsList()).isEmpty();
    }

    @Rule(value = "a list comes in pages of page_size, the next after page_token", at = Page.RPC)
    void topicsAreListedInPages(World w) {
        for (String id : List.of("one", "two", "three")) {
            w.topic(id);
        }
        ListTopicsResponse first = list(w, w.project(), 2, "");
        assertThat(first.getTopicsCount()).isEqualTo(2);
        assertThat(first.getNextPageToken()).isNotEmpty();
        ListTopicsResponse second = list(w, w.project(), 2, first.getNextPageToken());
        assertThat(second.getNextPageToken()).isEmpty();
        List<Topic> all = new ArrayList<>(first.getTopicsList());
        all.addAll(second.getTopicsList());
        assertThat(all)
                .extracting(Topic::getName)
                .containsExactlyInAnyOrder(
                        w.topicName("one"), w.topicName("two"), w.topicName("three"));
    }

    @Rule(value = "UpdateTopic changes the fields of update_mask, and no other", at = Page.RPC)
    void topicUpdateChangesWhatTheMaskNames(World w) {
        w.topic("news", topic -> topic.putLabels("old", "x"));
        update(
                w,
                Topic.newBuilder()
                        .putLabels("new", "y")
                        .setMessageRetentionDuration(Duration.newBuilder().setSeconds(3_600)),
                "news",
                "labels");
        assertThat(get(w, "news").getLabelsMap()).containsOnlyKeys("new");
        assertThat(get(w, "news").hasMessageRetentionDuration()).isFalse();
    }

    @Rule(value = "a topic's retention can be set, changed and removed", at = Page.TOPIC_PROPERTIES)
    void topicRetentionCanBeChanged(World w) {
        w.topic("news");
        Duration day = Duration.newBuilder().setSeconds(86_400).build();
        update(
                w,
                Topic.newBuilder().setMessageRetentionDuration(day),
                "news",
                "message_retention_duration");
        assertThat(get(w, "news").getMessageRetentionDuration()).isEqualTo(day);
        update(w, Topic.newBuilder(), "news", "message_retention_duration");
        assertThat(get(w, "news").hasMessageRetentionDuration()).isFalse();
    }

    @Rule(value = "update_mask must be there and not be empty", at = Page.RPC)
    void topicUpdateNeedsAMask(World w) {
        w.topic("news");
        Answers.refused(Code.INVALID_ARGUMENT, () -> update(w, Topic.newBuilder(), "news"));
        Answers.refused(
                Code.INVALID_ARGUMENT, () -> update(w, Topic.newBuilder(), "news", "nonsense"));
    }

    @Rule(value = "a topic's name cannot be changed", at = Page.RPC)
    void topicNameIsFixed(World w) {
        w.topic("news");
        Answers.refused(Code.INVALID_ARGUMENT, () -> update(w, Topic.newBuilder(), "news", "name"));
    }

    @Rule(value = "a deleted topic is gone, and its name is free", at = Page.RPC)
    void deletedTopicIsGone(World w) {
        w.topic("news");
        w.deleteTopic("news");
        Answers.refused(Code.NOT_FOUND, () -> get(w, "news"));
        Answers.refused(Code.NOT_FOUND, () -> w.publish("news", "m"));
        assertThat(w.topic("news").getName()).isEqualTo(w.topicName("news"));
    }

    @Rule(
            value = "subscriptions outlive their topic, which is then `_deleted-topic_`",
            at = Page.RPC)
    void subscriptionsOutliveTheirTopic(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        w.deleteTopic("news");
        assertThat(w.get("first").getTopic()).isEqualTo("_deleted-topic_");
        w.drains("first", "m");
    }

    @Rule(
            value = "a topic made anew under an old name has none of its subscriptions",
            at = Page.RPC)
    void recreatedTopicIsNew(World w) {
        w.topic("news", topic -> topic.putLabels("old", "x"));
        w.subscription("first", "news");
        w.deleteTopic("news");
        assertThat(w.topic("news").getLabelsMap()).isEmpty();
        w.publish("news", "m");
        w.nothing("first");
        assertThat(subscriptionsOf(w, "news", 0, "").getSubscriptionsList()).isEmpty();
    }

    @Rule(
            value = "ListTopicSubscriptions names the attached subscriptions, in pages",
            at = Page.RPC)
    void subscriptionsOfATopicAreListed(World w) {
        w.topic("news");
        w.topic("other");
        w.subscription("elsewhere", "other");
        for (String id : List.of("first", "second", "third")) {
            w.subscription(id, "news");
        }
        ListTopicSubscriptionsResponse start = subscriptionsOf(w, "news", 2, "");
        assertThat(start.getSubscriptionsCount()).isEqualTo(2);
        List<String> all = new ArrayList<>(start.getSubscriptionsList());
        all.addAll(subscriptionsOf(w, "news", 2, start.getNextPageToken()).getSubscriptionsList());
        assertThat(all)
                .containsExactlyInAnyOrder(
                        w.subscriptionName("first"),
                        w.subscriptionName("second"),
                        w.subscriptionName("third"));
        Answers.refused(Code.NOT_FOUND, () -> subscriptionsOf(w, "nowhere", 0, ""));
    }

    @Rule(value = "a topic retains messages for 10 minutes to 31 days", at = Page.RPC)
    void topicRetentionHasBounds(World w) {
        for (long seconds : new long[] {600, 31 * 86_400L}) {
            w.topic("news" + seconds, topic -> retained(topic, seconds));
        }
        for (long seconds : new long[] {599, 31 * 86_400L + 1}) {
            Answers.refused(
                    Code.INVALID_ARGUMENT,
                    () -> w.topic("bad" + seconds, topic -> retained(topic, seconds)));
        }
    }

    private static Topic.Builder retained(Topic.Builder topic, long seconds) {
        return topic.setMessageRetentionDuration(Duration.newBuilder().setSeconds(seconds));
    }

    private static Topic get(World w, String id) {
        return w.publisher()
                .getTopic(GetTopicRequest.newBuilder().setTopic(w.topicName(id)).build());
    }

    private static Topic update(World w, Topic.Builder wanted, String id, String... paths) {
        return w.publisher()
                .updateTopic(
                        UpdateTopicRequest.newBuilder()
                                .setTopic(wanted.setName(w.topicName(id)))
                                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                                .build());
    }

    private static ListTopicsResponse list(World w, String project, int size, String token) {
        return w.publisher()
                .listTopics(
                        ListTopicsRequest.newBuilder()
                                .setProject(project)
                                .setPageSize(size)
                                .setPageToken(token)
                                .build());
    }

    private static ListTopicSubscriptionsResponse subscriptionsOf(
            World w, String id, int size, String token) {
        return w.publisher()
                .listTopicSubscriptions(
                        ListTopicSubscriptionsRequest.newBuilder()
                                .setTopic(w.topicName(id))
                                .setPageSize(size)
                                .setPageToken(token)
                                .build());
    }
}
