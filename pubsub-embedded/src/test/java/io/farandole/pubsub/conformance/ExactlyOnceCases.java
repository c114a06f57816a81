package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.Subscription;
import com.google.rpc.ErrorInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Subscriptions with exactly-once delivery. */
final class ExactlyOnceCases {

    private static final String INVALID = "PERMANENT_FAILURE_INVALID_ACK_ID";

    @Rule(
            value = "it is a property of the subscription, and its streams tell",
            at = Page.EXACTLY_ONCE)
    void exactlyOnceIsTold(World w) {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        assertThat(w.get("first").getEnableExactlyOnceDelivery()).isTrue();
        PullingStream stream = w.stream("first");
        w.publish("news", "m");
        stream.received(1);
        assertThat(stream.responses())
                .anyMatch(
                        response ->
                                response.getSubscriptionProperties()
                                        .getExactlyOnceDeliveryEnabled());
    }

    @Rule(value = "no redelivery after an acknowledgement that succeeded", at = Page.EXACTLY_ONCE)
    void acknowledgedNeverComesBack(World w) {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        w.publish("news", "m");
        w.ack("first", w.pull("first", 1));
        w.pass(61);
        w.nothing("first");
    }

    @Rule(value = "no redelivery while a message is outstanding", at = Page.EXACTLY_ONCE)
    void outstandingDoesNotComeBack(World w) {
        w.newsAndFirst(one -> exactlyOnce(one).setAckDeadlineSeconds(30));
        w.publish("news", "m");
        String ackId = w.pullOne("first").getAckId();
        w.pass(25);
        w.nothing("first");
        w.deadline("first", 30, ackId);
        w.pass(25);
        w.nothing("first");
        w.ack("first", ackId);
    }

    @Rule(value = "an acknowledgement after the deadline fails", at = Page.EXACTLY_ONCE)
    void lateAcknowledgementFails(World w) {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        w.publish("news", "m");
        String late = w.pullOne("first").getAckId();
        w.pass(61);
        fails(() -> w.ack("first", late));
        w.pullOne("first");
    }

    @Rule(value = "only the latest acknowledgement id of a message counts", at = Page.EXACTLY_ONCE)
    void latestIdCounts(World w) {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        w.publish("news", "m");
        String former = w.pullOne("first").getAckId();
        w.nack("first", former);
        String latest = w.pullOne("first").getAckId();
        fails(() -> w.ack("first", former));
        w.ack("first", latest);
        w.pass(61);
        w.nothing("first");
    }

    @Rule(
            value = "the failure names each id, PERMANENT_FAILURE_INVALID_ACK_ID",
            at = Page.EXACTLY_ONCE)
    void failureNamesTheIds(World w) throws Exception {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        w.publish("news", "a", "b");
        List<ReceivedMessage> received = w.pull("first", 2);
        String good = received.get(0).getAckId();
        String stale = received.get(1).getAckId();
        w.nack("first", stale);
        assertThat(failures(() -> w.ack("first", good, stale)))
                .containsOnly(Map.entry(stale, INVALID));
        w.pass(61);
        assertThat(World.texts(w.pull("first", 1))).containsExactly(World.text(received.get(1)));
    }

    @Rule(value = "so with a deadline that is modified too late", at = Page.EXACTLY_ONCE)
    void lateExtensionFails(World w) throws Exception {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        w.publish("news", "m");
        String late = w.pullOne("first").getAckId();
        w.pass(61);
        assertThat(failures(() -> w.deadline("first", 30, late))).containsEntry(late, INVALID);
    }

    @Rule(value = "a stream confirms what was acknowledged on it", at = Page.RPC)
    void streamConfirms(World w) {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        PullingStream stream = w.stream("first");
        w.publish("news", "a", "b");
        List<ReceivedMessage> received = stream.received(2);
        stream.ack(received.subList(0, 1));
        w.eventually(
                () ->
                        assertThat(
                                        stream.responses().stream()
                                                .map(
                                                        StreamingPullResponse
                                                                ::getAcknowledgeConfirmation)
                                                .flatMap(one -> one.getAckIdsList().stream()))
                                .containsExactly(received.getFirst().getAckId()));
        stream.deadline(60, received.get(1));
        w.eventually(
                () ->
                        assertThat(
                                        stream.responses().stream()
                                                .map(
                                                        StreamingPullResponse
                                                                ::getModifyAckDeadlineConfirmation)
                                                .flatMap(one -> one.getAckIdsList().stream()))
                                .containsExactly(received.get(1).getAckId()));
    }

    @Rule(value = "a stream names the ids that were invalid, and goes on", at = Page.RPC)
    void streamNamesInvalidIds(World w) {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        PullingStream stream = w.stream("first");
        w.publish("news", "m");
        List<ReceivedMessage> received = stream.received(1);
        w.nack("first", received.getFirst().getAckId());
        stream.received(2);
        stream.ack(received);
        w.eventually(
                () ->
                        assertThat(
                                        stream.responses().stream()
                                                .map(
                                                        StreamingPullResponse
                                                                ::getAcknowledgeConfirmation)
                                                .flatMap(
                                                        one -> one.getInvalidAckIdsList().stream()))
                                .containsExactly(received.getFirst().getAckId()));
        assertThat(stream.isOpen()).isTrue();
    }

    @Rule(value = "what was published twice are two messages", at = Page.RPC)
    void publishedTwiceAreTwo(World w) {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        w.publish("news", "m", "m");
        assertThat(w.pull("first", 2))
                .extracting(received -> received.getMessage().getMessageId())
                .doesNotHaveDuplicates();
    }

    @Rule(value = "a message that comes again keeps its id", at = Page.EXACTLY_ONCE)
    void redeliveryKeepsTheId(World w) {
        w.newsAndFirst(ExactlyOnceCases::exactlyOnce);
        w.publish("news", "m");
        ReceivedMessage first = w.pullOne("first");
        w.nack("first", first.getAckId());
        ReceivedMessage again = w.pullOne("first");
        assertThat(again.getMessage().getMessageId()).isEqualTo(first.getMessage().getMessageId());
        assertThat(again.getAckId()).isNotEqualTo(first.getAckId());
    }

    @Rule(value = "it can be switched on and off", at = Page.EXACTLY_ONCE)
    void exactlyOnceCanBeSwitched(World w) {
        w.newsAndFirst();
        Subscription on =
                UpdateCases.update(
                        w, exactlyOnce(Subscription.newBuilder()), "enable_exactly_once_delivery");
        assertThat(on.getEnableExactlyOnceDelivery()).isTrue();
        w.publish("news", "m");
        String former = w.pullOne("first").getAckId();
        w.nack("first", former);
        w.pullOne("first");
        fails(() -> w.ack("first", former));
        Subscription off =
                UpdateCases.update(w, Subscription.newBuilder(), "enable_exactly_once_delivery");
        assertThat(off.getEnableExactlyOnceDelivery()).isFalse();
    }

    @Rule(value = "push subscriptions do not have it", at = Page.EXACTLY_ONCE)
    void pushHasNoExactlyOnce(World w) {
        w.topic("news");
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        w.subscription(
                                "first",
                                "news",
                                one ->
                                        exactlyOnce(one)
                                                .setPushConfig(
                                                        PushConfig.newBuilder()
                                                                .setPushEndpoint(
                                                                        "http://127.0.0.1:1/"))));
    }

    static Subscription.Builder exactlyOnce(Subscription.Builder subscription) {
        return subscription.setEnableExactlyOnceDelivery(true);
    }

    private static void fails(ThrowingCallable call) {
        assertThat(Answers.statusOf(call).getCode()).isNotIn(Code.OK, Code.UNKNOWN, Code.INTERNAL);
    }

    private static Map<String, String> failures(ThrowingCallable call)
            throws InvalidProtocolBufferException {
        Map<String, String> failures = new HashMap<>();
        try {
            call.call();
        } catch (StatusRuntimeException thrown) {
            com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
            if (status == null) {
                throw new AssertionError("the answer has no details", thrown);
            }
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    failures.putAll(detail.unpack(ErrorInfo.class).getMetadataMap());
                }
            }
        } catch (Throwable thrown) {
            throw new AssertionError("no answer of the server", thrown);
        }
        return failures;
    }
}
