package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status.Code;

/** Seek to a time. */
final class SeekCases {

    @Rule(value = "a seek back makes retained messages unacknowledged again", at = Page.REPLAY)
    void seekBackReplaysWhatWasAcknowledged(World w) {
        w.newsAndFirst(SeekCases::retaining);
        w.publish("news", "a", "b");
        w.drains("first", "a", "b");
        seek(w, LONG_AGO);
        w.drains("first", "a", "b");
    }

    @Rule(value = "what was published before the time is acknowledged by it", at = Page.REPLAY)
    void seekForwardAcknowledges(World w) {
        w.newsAndFirst();
        w.publish("news", "old");
        w.pass(2);
        w.publish("news", "new");
        ReceivedMessage newer = fresh(w, "new");
        seek(w, Timestamps.subtract(newer.getMessage().getPublishTime(), seconds(1)));
        w.pass(11);
        w.drains("first", "new");
    }

    @Rule(value = "only what was published after the time comes back", at = Page.REPLAY)
    void seekBackStopsAtTheTime(World w) {
        w.newsAndFirst(SeekCases::retaining);
        w.publish("news", "old");
        w.drains("first", "old");
        w.pass(2);
        w.publish("news", "new");
        ReceivedMessage newer = w.pullOne("first");
        w.ack("first", newer.getAckId());
        seek(w, Timestamps.subtract(newer.getMessage().getPublishTime(), seconds(1)));
        w.drains("first", "new");
    }

    @Rule(value = "a seek into the future purges the backlog", at = Page.REPLAY)
    void seekAheadPurges(World w) {
        w.newsAndFirst();
        w.publish("news", "a", "b");
        ReceivedMessage outstanding = w.pull("first", 2).getFirst();
        seek(w, Timestamps.add(outstanding.getMessage().getPublishTime(), seconds(3_600)));
        w.pass(11);
        w.nothing("first");
    }

    @Rule(
            value = "without retain_acked_messages what was acknowledged is not restored",
            at = Page.RPC)
    void seekBackNeedsRetention(World w) {
        w.newsAndFirst();
        w.publish("news", "a");
        w.drains("first", "a");
        seek(w, LONG_AGO);
        w.nothing("first");
    }

    @Rule(value = "unacknowledged messages stay after a seek back", at = Page.REPLAY)
    void seekBackKeepsTheBacklog(World w) {
        w.newsAndFirst(SeekCases::retaining);
        w.publish("news", "a", "b");
        w.ack("first", w.pullOne("first").getAckId());
        seek(w, LONG_AGO);
        w.pass(11);
        w.drains("first", "a", "b");
    }

    @Rule(value = "acknowledged messages are kept for message_retention_duration", at = Page.RPC)
    void retainedForTheRetentionOnly(World w) {
        w.newsAndFirst(one -> retaining(one).setMessageRetentionDuration(seconds(600)));
        w.publish("news", "old");
        w.drains("first", "old");
        w.pass(500);
        w.publish("news", "new");
        w.drains("first", "new");
        w.pass(300);
        seek(w, LONG_AGO);
        w.drains("first", "new");
    }

    @Rule(
            value = "a topic that retains messages lets every subscription seek back",
            at = Page.REPLAY)
    void topicRetentionReplays(World w) {
        w.topic("news", topic -> topic.setMessageRetentionDuration(seconds(3_600)));
        w.subscription("first", "news");
        w.publish("news", "a", "b");
        w.drains("first", "a", "b");
        seek(w, LONG_AGO);
        w.drains("first", "a", "b");
    }

    @Rule(value = "also back before the subscription was created", at = Page.REPLAY)
    void topicRetentionReachesBeforeTheSubscription(World w) {
        w.topic("news", topic -> topic.setMessageRetentionDuration(seconds(3_600)));
        w.publish("news", "early");
        w.subscription("first", "news");
        w.nothing("first");
        seek(w, LONG_AGO);
        w.drains("first", "early");
    }

    @Rule(value = "a topic retains for message_retention_duration only", at = Page.TOPIC_PROPERTIES)
    void topicRetentionEnds(World w) {
        w.topic("news", topic -> topic.setMessageRetentionDuration(seconds(600)));
        w.subscription("first", "news");
        w.publish("news", "old");
        w.drains("first", "old");
        w.pass(700);
        seek(w, LONG_AGO);
        w.nothing("first");
    }

    @Rule(value = "ordered subscriptions can seek, and keep the order", at = Page.REPLAY)
    void orderedSeekKeepsTheOrder(World w) {
        w.newsAndFirst(one -> OrderingCases.ordered(retaining(one)));
        PullingStream stream = w.stream("first");
        for (String text : new String[] {"1", "2", "3"}) {
            w.publish("news", World.keyed("k", text));
        }
        stream.ack(stream.receives("1", "2", "3"));
        w.settle();
        seek(w, LONG_AGO);
        w.publish("news", World.keyed("k", "4"));
        stream.receives("1", "2", "3", "1", "2", "3", "4");
    }

    @Rule(value = "what is published after a seek is delivered", at = Page.REPLAY)
    void seekLeavesLaterMessages(World w) {
        w.newsAndFirst();
        w.publish("news", "old");
        ReceivedMessage old = w.pullOne("first");
        seek(w, Timestamps.add(old.getMessage().getPublishTime(), seconds(1)));
        w.pass(15);
        w.publish("news", "new");
        w.drains("first", "new");
    }

    @Rule(value = "one subscription's seek leaves the others alone", at = Page.REPLAY)
    void seekIsOneSubscriptions(World w) {
        w.newsAndFirst(SeekCases::retaining);
        w.subscription("second", "news", SeekCases::retaining);
        w.publish("news", "m");
        w.drains("first", "m");
        w.drains("second", "m");
        seek(w, LONG_AGO);
        w.nothing("second");
        w.drains("first", "m");
    }

    @Rule(value = "a seek of a subscription that is not there is NOT_FOUND", at = Page.ERRORS)
    void seekNeedsItsSubscription(World w) {
        Answers.refused(Code.NOT_FOUND, () -> seek(w, LONG_AGO));
    }

    @Rule(value = "a seek says where to", at = Page.RPC)
    void seekNeedsATarget(World w) {
        w.newsAndFirst();
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        w.subscriber()
                                .seek(
                                        SeekRequest.newBuilder()
                                                .setSubscription(w.subscriptionName("first"))
                                                .build()));
    }

    @Rule(value = "retain_acked_messages can be switched on and off", at = Page.RPC)
    void retainingCanBeSwitched(World w) {
        w.newsAndFirst();
        UpdateCases.update(w, retaining(Subscription.newBuilder()), "retain_acked_messages");
        assertThat(w.get("first").getRetainAckedMessages()).isTrue();
        w.publish("news", "m");
        w.drains("first", "m");
        seek(w, LONG_AGO);
        w.drains("first", "m");
        UpdateCases.update(w, Subscription.newBuilder(), "retain_acked_messages");
        seek(w, LONG_AGO);
        w.nothing("first");
    }

    static final Timestamp LONG_AGO = Timestamp.newBuilder().setSeconds(1_000_000_000).build();

    static Subscription.Builder retaining(Subscription.Builder subscription) {
        return subscription.setRetainAckedMessages(true);
    }

    static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    static void seek(World w, Timestamp time) {
        var _ =
                w.subscriber()
                        .seek(
                                SeekRequest.newBuilder()
                                        .setSubscription(w.subscriptionName("first"))
                                        .setTime(time)
                                        .build());
        if (!w.subject().isOurs()) {
            w.settle();
        }
    }

    /** Takes messages until that one comes, and leaves all outstanding. */
    private static ReceivedMessage fresh(World w, String text) {
        return w.pull("first", 2).stream()
                .filter(received -> World.text(received).equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("\"" + text + "\" did not come"));
    }
}
