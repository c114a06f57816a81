package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What becomes of a message that is never acknowledged. */
final class DeadLetterCases {

    private static final String SOURCE = "CloudPubSubDeadLetterSource";

    @Rule(
            value =
                    "after max_delivery_attempts a message goes to the dead-letter topic, and not before",
            at = Page.DEAD_LETTERS)
    void goesToTheDeadLetterTopic(World w) {
        withDeadLetters(w, 5);
        w.publish("news", "m");
        fail(w, 4);
        w.nothing("dead");
        fail(w, 1);
        assertThat(dead(w).getData().toStringUtf8()).isEqualTo("m");
    }

    @Rule(value = "it is then delivered no more where it came from", at = Page.DEAD_LETTERS)
    void deadLetteredIsGoneAtTheSource(World w) {
        withDeadLetters(w, 5);
        w.publish("news", "m");
        fail(w, 5);
        dead(w);
        w.pass(11);
        w.nothing("first");
    }

    @Rule(
            value =
                    "it says where it comes from: subscription, project, publish time, delivery count",
            at = Page.DEAD_LETTERS)
    void deadLetterNamesItsSource(World w) {
        withDeadLetters(w, 5);
        w.publish("news", "m");
        ReceivedMessage original = w.pullOne("first");
        w.nack("first", original.getAckId());
        fail(w, 4);
        Map<String, String> attributes = dead(w).getAttributesMap();
        assertThat(attributes)
                .containsEntry(SOURCE + "Subscription", "first")
                .containsEntry(
                        SOURCE + "SubscriptionProject", w.project().substring("projects/".length()))
                .containsEntry(SOURCE + "DeliveryCount", "5");
        Instant said = Instant.parse(attributes.get(SOURCE + "TopicPublishTime"));
        assertThat(said.getEpochSecond())
                .isEqualTo(original.getMessage().getPublishTime().getSeconds());
    }

    @Rule(value = "it keeps its data, attributes and ordering key", at = Page.DEAD_LETTERS)
    void deadLetterKeepsItsContent(World w) {
        withDeadLetters(w, 5);
        PubsubMessage sent = World.with("a", "b").toBuilder().setOrderingKey("k").build();
        w.publish("news", sent);
        fail(w, 5);
        PubsubMessage dead = dead(w);
        assertThat(dead.getData()).isEqualTo(sent.getData());
        assertThat(dead.getAttributesMap()).containsEntry("a", "b");
        assertThat(dead.getOrderingKey()).isEqualTo("k");
    }

    @Rule(value = "ack deadlines that pass count as nacks do", at = Page.RPC)
    void expiriesCount(World w) {
        withDeadLetters(w, 5);
        w.publish("news", "m");
        for (int i = 0; i < 5; i++) {
            w.pullOne("first");
            w.pass(11);
        }
        assertThat(dead(w).getData().toStringUtf8()).isEqualTo("m");
    }

    @Rule(value = "delivery_attempt counts from 1", at = Page.RPC)
    void deliveryAttemptCounts(World w) {
        withDeadLetters(w, 5);
        w.publish("news", "m");
        for (int attempt = 1; attempt <= 5; attempt++) {
            ReceivedMessage received = w.pullOne("first");
            assertThat(received.getDeliveryAttempt()).isEqualTo(attempt);
            w.nack("first", received.getAckId());
        }
    }

    @Rule(value = "without a dead-letter policy delivery_attempt is 0", at = Page.RPC)
    void deliveryAttemptNeedsThePolicy(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        ReceivedMessage received = w.pullOne("first");
        assertThat(received.getDeliveryAttempt()).isZero();
        w.nack("first", received.getAckId());
        assertThat(w.pullOne("first").getDeliveryAttempt()).isZero();
    }

    @Rule(value = "max_delivery_attempts is 5 to 100", at = Page.RPC)
    void attemptsHaveBounds(World w) {
        withDeadLetters(w, 100);
        for (int bad : new int[] {4, 101, -1}) {
            Answers.refusedAsOneOf(
                    List.of(Code.INVALID_ARGUMENT, Code.OUT_OF_RANGE),
                    () -> w.subscription("bad", "news", one -> policy(w, one, bad)));
        }
    }

    @Rule(value = "zero means 5", at = Page.RPC)
    void attemptsDefaultToFive(World w) {
        withDeadLetters(w, 0);
        w.publish("news", "m");
        fail(w, 5);
        assertThat(dead(w).getData().toStringUtf8()).isEqualTo("m");
    }

    @Rule(value = "the dead-letter topic has to exist", at = Page.RPC)
    void deadLetterTopicHasToExist(World w) {
        w.topic("news");
        Answers.refusedAsOneOf(
                List.of(Code.NOT_FOUND, Code.INVALID_ARGUMENT),
                () -> w.subscription("first", "news", one -> policy(w, one, 5)));
    }

    @Rule(value = "what is acknowledged in time is no dead letter", at = Page.DEAD_LETTERS)
    void acknowledgedIsNoDeadLetter(World w) {
        withDeadLetters(w, 5);
        w.publish("news", "m");
        fail(w, 4);
        w.ack("first", w.pull("first", 1));
        w.pass(11);
        w.nothing("dead");
        w.nothing("first");
    }

    @Rule(value = "the policy can be added to a subscription, and removed", at = Page.DEAD_LETTERS)
    void policyCanBeChanged(World w) {
        w.newsAndFirst();
        w.topic("graves");
        Subscription.Builder wanted = policy(w, Subscription.newBuilder(), 7);
        Subscription with = UpdateCases.update(w, wanted, "dead_letter_policy");
        assertThat(with.getDeadLetterPolicy().getMaxDeliveryAttempts()).isEqualTo(7);
        w.publish("news", "m");
        ReceivedMessage received = w.pullOne("first");
        assertThat(received.getDeliveryAttempt()).isEqualTo(1);
        w.nack("first", received.getAckId());
        Subscription without =
                UpdateCases.update(w, Subscription.newBuilder(), "dead_letter_policy");
        assertThat(without.hasDeadLetterPolicy()).isFalse();
        assertThat(w.pullOne("first").getDeliveryAttempt()).isZero();
    }

    @Rule(value = "on an ordered subscription the key goes on after it", at = Page.DEAD_LETTERS)
    void orderedKeyGoesOnAfterwards(World w) {
        w.topic("news");
        w.topic("graves");
        w.subscription("dead", "graves");
        w.subscription("first", "news", one -> OrderingCases.ordered(policy(w, one, 5)));
        w.publish("news", World.keyed("k", "bad"));
        w.publish("news", World.keyed("k", "good"));
        for (int i = 0; i < 5; i++) {
            ReceivedMessage received = w.pullOne("first");
            assertThat(World.text(received)).isEqualTo("bad");
            w.nack("first", received.getAckId());
        }
        assertThat(World.text(w.pullOne("dead"))).isEqualTo("bad");
        assertThat(World.text(w.pullOne("first"))).isEqualTo("good");
    }

    private static void withDeadLetters(World w, int attempts) {
        w.topic("news");
        w.topic("graves");
        w.subscription("dead", "graves");
        w.subscription("first", "news", subscription -> policy(w, subscription, attempts));
    }

    private static Subscription.Builder policy(
            World w, Subscription.Builder subscription, int attempts) {
        return subscription.setDeadLetterPolicy(
                DeadLetterPolicy.newBuilder()
                        .setDeadLetterTopic(w.topicName("graves"))
                        .setMaxDeliveryAttempts(attempts));
    }

    /** The last try of a subscriber, which finds nothing, is what some servers wait for. */
    private static PubsubMessage dead(World w) {
        w.nothing("first");
        return w.pullOne("dead").getMessage();
    }

    private static void fail(World w, int times) {
        for (int i = 0; i < times; i++) {
            w.nack("first", w.pullOne("first").getAckId());
        }
    }
}
