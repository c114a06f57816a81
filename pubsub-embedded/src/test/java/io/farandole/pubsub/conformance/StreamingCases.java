package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullResponse;
import io.grpc.Status.Code;
import java.util.List;

/** StreamingPull: one stream, and what is said on it. */
final class StreamingCases {

    @Rule(value = "messages come over the stream as they are published", at = Page.PULL)
    void streamDeliversAsPublished(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first");
        w.publish("news", "a");
        stream.received(1);
        w.publish("news", "b");
        stream.receives("a", "b");
    }

    @Rule(value = "what is acknowledged on the stream is gone", at = Page.RPC)
    void acknowledgementOnTheStreamCounts(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first", first -> first.setStreamAckDeadlineSeconds(10));
        w.publish("news", "m");
        stream.ack(stream.received(1));
        w.settle();
        w.pass(11);
        stream.staysAt(1);
    }

    @Rule(
            value = "it may be acknowledged by another stream or call than it came over",
            at = Page.RPC)
    void acknowledgementMayComeAnotherWay(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first", first -> first.setStreamAckDeadlineSeconds(10));
        w.publish("news", "m");
        w.ack("first", stream.received(1));
        w.pass(11);
        stream.staysAt(1);
    }

    @Rule(value = "the stream's ack deadline holds for what comes over it", at = Page.RPC)
    void streamDeadlineHolds(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first", first -> first.setStreamAckDeadlineSeconds(20));
        w.publish("news", "m");
        stream.received(1);
        w.pass(12);
        stream.staysAt(1);
        w.pass(10);
        stream.received(2);
    }

    @Rule(value = "the stream's ack deadline can be changed while it is open", at = Page.RPC)
    void streamDeadlineCanBeChanged(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first", first -> first.setStreamAckDeadlineSeconds(10));
        stream.send(request -> request.setStreamAckDeadlineSeconds(40));
        w.settle();
        w.publish("news", "m");
        stream.received(1);
        w.pass(30);
        stream.staysAt(1);
        w.pass(12);
        stream.received(2);
    }

    @Rule(value = "a message's deadline is extended on the stream", at = Page.RPC)
    void deadlineIsExtendedOnTheStream(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first", first -> first.setStreamAckDeadlineSeconds(10));
        w.publish("news", "m");
        stream.deadline(30, stream.received(1).getFirst());
        w.settle();
        w.pass(20);
        stream.staysAt(1);
        w.pass(12);
        stream.received(2);
    }

    @Rule(value = "a deadline of zero on the stream gives the message back at once", at = Page.RPC)
    void streamGivesBackAtOnce(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first");
        w.publish("news", "m");
        stream.deadline(0, stream.received(1).getFirst());
        stream.receives("m", "m");
    }

    @Rule(value = "the first request names the subscription and its deadline", at = Page.RPC)
    void firstRequestIsComplete(World w) throws Exception {
        w.newsAndFirst();
        w.stream("first", first -> first.clearSubscription()).endsWith(Code.INVALID_ARGUMENT);
        w.stream("first", first -> first.clearStreamAckDeadlineSeconds())
                .endsWith(Code.INVALID_ARGUMENT);
    }

    @Rule(value = "a stream on a subscription that is not there ends NOT_FOUND", at = Page.ERRORS)
    void streamNeedsItsSubscription(World w) throws Exception {
        w.stream("nowhere").endsWith(Code.NOT_FOUND);
    }

    @Rule(value = "a stream's ack deadline is 10 to 600 s", at = Page.RPC)
    void streamDeadlineHasBounds(World w) throws Exception {
        w.newsAndFirst();
        w.stream("first", first -> first.setStreamAckDeadlineSeconds(9))
                .endsWith(Code.INVALID_ARGUMENT);
        w.stream("first", first -> first.setStreamAckDeadlineSeconds(601))
                .endsWith(Code.INVALID_ARGUMENT);
        PullingStream good = w.stream("first", first -> first.setStreamAckDeadlineSeconds(600));
        good.send(request -> request.setStreamAckDeadlineSeconds(601));
        good.endsWith(Code.INVALID_ARGUMENT);
    }

    @Rule(value = "later requests must not name the subscription", at = Page.RPC)
    void laterRequestsNameNoSubscription(World w) throws Exception {
        w.newsAndFirst();
        PullingStream stream = w.stream("first");
        stream.send(request -> request.setSubscription(w.subscriptionName("first")));
        stream.endsWith(Code.INVALID_ARGUMENT);
    }

    @Rule(value = "later requests must not set the limits of flow control", at = Page.RPC)
    void laterRequestsSetNoLimits(World w) throws Exception {
        w.newsAndFirst();
        PullingStream messages = w.stream("first");
        messages.send(request -> request.setMaxOutstandingMessages(5));
        messages.endsWith(Code.INVALID_ARGUMENT);
        PullingStream bytes = w.stream("first");
        bytes.send(request -> request.setMaxOutstandingBytes(5));
        bytes.endsWith(Code.INVALID_ARGUMENT);
    }

    @Rule(value = "later requests must not set the protocol version", at = Page.RPC)
    void laterRequestsSetNoVersion(World w) throws Exception {
        w.newsAndFirst();
        PullingStream stream = w.stream("first");
        stream.send(request -> request.setProtocolVersion(1));
        stream.endsWith(Code.INVALID_ARGUMENT);
    }

    @Rule(value = "a malformed acknowledgement id ends the stream", at = Page.RPC)
    void malformedIdEndsTheStream(World w) throws Exception {
        w.newsAndFirst();
        PullingStream stream = w.stream("first");
        stream.send(request -> request.addAckIds("no id at all"));
        stream.endsWith(Code.INVALID_ARGUMENT);
    }

    @Rule(
            value = "as many deadlines as ids, and none below zero, or the stream ends",
            at = Page.RPC)
    void deadlinesFitTheirIds(World w) throws Exception {
        w.newsAndFirst();
        PullingStream uneven = w.stream("first");
        w.publish("news", "m");
        ReceivedMessage received = uneven.received(1).getFirst();
        uneven.send(request -> request.addModifyDeadlineAckIds(received.getAckId()));
        uneven.endsWith(Code.INVALID_ARGUMENT);
        PullingStream negative = w.stream("first");
        negative.deadline(-1, received);
        negative.endsWith(Code.INVALID_ARGUMENT);
    }

    @Rule(value = "the stream tells whether messages are ordered", at = Page.RPC)
    void streamTellsWhetherOrdered(World w) {
        w.newsAndFirst(subscription -> subscription.setEnableMessageOrdering(true));
        w.subscription("second", "news");
        w.publish("news", "m");
        assertThat(properties(w, "first").getMessageOrderingEnabled()).isTrue();
        StreamingPullResponse.SubscriptionProperties second = properties(w, "second");
        assertThat(second.getMessageOrderingEnabled()).isFalse();
        assertThat(second.getExactlyOnceDeliveryEnabled()).isFalse();
    }

    @Rule(value = "a stream of a deleted subscription ends NOT_FOUND", at = Page.RPC)
    void deletionEndsTheStream(World w) throws Exception {
        w.newsAndFirst();
        PullingStream stream = w.stream("first");
        w.publish("news", "m");
        stream.received(1);
        w.deleteSubscription("first");
        stream.endsWith(Code.NOT_FOUND);
    }

    @Rule(value = "a client that has said all is answered the end", at = Page.RPC)
    void finishedStreamIsEnded(World w) throws Exception {
        w.newsAndFirst();
        PullingStream stream = w.stream("first");
        w.publish("news", "m");
        stream.received(1);
        stream.finish();
        assertThat(stream.end().getCode()).isIn(Code.OK, Code.UNAVAILABLE);
    }

    private static StreamingPullResponse.SubscriptionProperties properties(
            World w, String subscription) {
        PullingStream stream = w.stream(subscription);
        stream.received(1);
        List<StreamingPullResponse> telling =
                stream.responses().stream()
                        .filter(StreamingPullResponse::hasSubscriptionProperties)
                        .toList();
        assertThat(telling).as("responses with properties").isNotEmpty();
        stream.cancel();
        return telling.getLast().getSubscriptionProperties();
    }
}
