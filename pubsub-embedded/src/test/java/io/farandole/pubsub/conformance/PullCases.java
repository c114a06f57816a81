package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.Status.Code;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Pull, Acknowledge, ModifyAckDeadline. */
final class PullCases {

    @Rule(value = "a pull returns max_messages at most", at = Page.RPC)
    void pullReturnsNoMoreThanAsked(World w) {
        w.newsAndFirst();
        w.publish("news", "a", "b", "c");
        assertThat(w.pullNow("first", 2)).hasSizeLessThanOrEqualTo(2);
    }

    @Rule(value = "max_messages is a positive number", at = Page.RPC)
    void pullNeedsAPositiveNumber(World w) {
        w.newsAndFirst();
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.pullNow("first", 0));
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.pullNow("first", -1));
    }

    @Rule(value = "with return_immediately an empty backlog is answered at once", at = Page.RPC)
    void emptyBacklogIsAnsweredAtOnce(World w) {
        w.newsAndFirst();
        assertThat(w.pullNow("first", 10)).isEmpty();
    }

    @Rule(value = "a pull waits for its first message", at = Page.RPC)
    void pullWaitsForItsFirstMessage(World w) throws Exception {
        w.newsAndFirst();
        ListenableFuture<PullResponse> waiting = pull(w);
        w.settle();
        assertThat(waiting.isDone()).isFalse();
        w.publish("news", "m");
        PullResponse response =
                waiting.get(w.subject().patience().toMillis(), TimeUnit.MILLISECONDS);
        assertThat(World.texts(response.getReceivedMessagesList())).containsExactly("m");
    }

    @Rule(value = "a call that its client gave up loses no message", at = Page.PULL)
    void cancelledPullLosesNothing(World w) {
        w.newsAndFirst();
        ListenableFuture<PullResponse> waiting = pull(w);
        w.settle();
        waiting.cancel(true);
        w.settle();
        w.publish("news", "m");
        w.drains("first", "m");
    }

    @Rule(
            value = "an outstanding message is not delivered again before its deadline",
            at = Page.RPC)
    void outstandingIsNotDeliveredAgain(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        w.pullOne("first");
        w.nothing("first");
        w.pass(5);
        w.nothing("first");
    }

    @Rule(value = "what is not acknowledged in time is delivered again", at = Page.RPC)
    void unacknowledgedIsDeliveredAgain(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        ReceivedMessage first = w.pullOne("first");
        w.pass(11);
        ReceivedMessage again = w.pullOne("first");
        assertThat(again.getMessage()).isEqualTo(first.getMessage());
        assertThat(again.getAckId()).isNotEqualTo(first.getAckId());
    }

    @Rule(value = "two pulls share the messages", at = Page.SUBSCRIBER)
    void pullsShareTheMessages(World w) {
        w.newsAndFirst();
        w.publish("news", "a", "b");
        assertThat(List.of(World.text(w.pullOne("first")), World.text(w.pullOne("first"))))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Rule(value = "what is acknowledged never comes back", at = Page.RPC)
    void acknowledgedIsGone(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        w.ack("first", w.pull("first", 1));
        w.pass(11);
        w.nothing("first");
    }

    @Rule(value = "acknowledged on one subscription it stays on the other", at = Page.SUBSCRIBER)
    void acknowledgementIsOneSubscriptions(World w) {
        w.newsAndFirst();
        w.subscription("second", "news");
        w.publish("news", "m");
        w.drains("first", "m");
        w.drains("second", "m");
    }

    @Rule(value = "to acknowledge twice is no error", at = Page.RPC)
    void acknowledgingTwiceIsNoError(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        List<ReceivedMessage> received = w.pull("first", 1);
        w.ack("first", received);
        w.ack("first", received);
        w.nothing("first");
    }

    @Rule(value = "to acknowledge after the deadline is no error", at = Page.RPC)
    void acknowledgingLateIsNoError(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        List<ReceivedMessage> received = w.pull("first", 1);
        w.pass(11);
        w.ack("first", received);
    }

    @Rule(value = "ack_ids must not be empty", at = Page.RPC)
    void acknowledgeNeedsIds(World w) {
        w.newsAndFirst();
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.ack("first"));
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.nack("first"));
    }

    @Rule(value = "what is no acknowledgement id is INVALID_ARGUMENT", at = Page.ERRORS)
    void malformedIdsAreRefused(World w) {
        w.newsAndFirst();
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.ack("first", "no id at all"));
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.nack("first", "no id at all"));
    }

    @Rule(value = "ModifyAckDeadline gives more time, from the call on", at = Page.RPC)
    void deadlineCanBeExtended(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        String ackId = w.pullOne("first").getAckId();
        w.pass(5);
        w.deadline("first", 20, ackId);
        w.pass(15);
        w.nothing("first");
        w.pass(6);
        w.pullOne("first");
    }

    @Rule(value = "ModifyAckDeadline can shorten it, too", at = Page.RPC)
    void deadlineCanBeShortened(World w) {
        w.newsAndFirst(subscription -> subscription.setAckDeadlineSeconds(600));
        w.publish("news", "m");
        w.deadline("first", 2, w.pullOne("first").getAckId());
        w.pass(3);
        w.pullOne("first");
    }

    @Rule(value = "it leaves the subscription's own deadline alone", at = Page.RPC)
    void extensionIsOneDeliverys(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        w.deadline("first", 12, w.pullOne("first").getAckId());
        w.pass(13);
        w.pullOne("first");
        assertThat(w.get("first").getAckDeadlineSeconds()).isEqualTo(10);
        w.pass(11);
        w.pullOne("first");
    }

    @Rule(value = "a deadline of zero gives the message back at once", at = Page.RPC)
    void nackedComesBackAtOnce(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        w.nack("first", w.pullOne("first").getAckId());
        w.pullOne("first");
    }

    @Rule(value = "a deadline is set to 0 to 600 s", at = Page.RPC)
    void modifiedDeadlineHasBounds(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        String ackId = w.pullOne("first").getAckId();
        w.deadline("first", 600, ackId);
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.deadline("first", 601, ackId));
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.deadline("first", -1, ackId));
    }

    @Rule(value = "several messages are acknowledged by one call, the others stay", at = Page.RPC)
    void acknowledgementTakesSome(World w) {
        w.newsAndFirst();
        w.publish("news", "a", "b", "c");
        List<ReceivedMessage> received = w.pull("first", 3);
        w.ack("first", received.subList(0, 2));
        w.pass(11);
        assertThat(World.texts(w.pull("first", 1))).containsExactly(World.text(received.get(2)));
    }

    private static ListenableFuture<PullResponse> pull(World w) {
        return SubscriberGrpc.newFutureStub(w.subject().channel())
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(w.subscriptionName("first"))
                                .setMaxMessages(10)
                                .build());
    }
}
