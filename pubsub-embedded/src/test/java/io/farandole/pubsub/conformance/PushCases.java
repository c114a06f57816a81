package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.conformance.Endpoint.Pushed;
import io.grpc.Status.Code;
import java.util.function.UnaryOperator;

/** Subscriptions whose messages are pushed to a URL. */
final class PushCases {

    @Rule(
            value =
                    "a message is posted as JSON: data in base64, attributes, messageId, publishTime, subscription",
            at = Page.PUSH)
    void messageIsPostedAsJson(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.newsAndFirst(to(endpoint));
            String id = w.publish("news", World.with("a", "b")).getFirst();
            Pushed pushed = endpoint.received(1).getFirst();
            assertThat(pushed.text()).isEqualTo("a=b");
            assertThat(pushed.json().get("subscription").getAsString())
                    .isEqualTo(w.subscriptionName("first"));
            JsonObject message = pushed.message();
            assertThat(message.getAsJsonObject("attributes").get("a").getAsString()).isEqualTo("b");
            assertThat(message.get("messageId").getAsString()).isEqualTo(id);
            assertThat(message.get("message_id").getAsString()).isEqualTo(id);
            assertThat(message.get("publishTime").getAsString()).contains("T").endsWith("Z");
        }
    }

    @Rule(value = "102, 200, 201, 202 and 204 acknowledge", at = Page.PUSH)
    void successAcknowledges(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.newsAndFirst(to(endpoint));
            int count = 0;
            // 102 is an interim answer, which this web server cannot end a request with
            for (int status : new int[] {200, 201, 202, 204}) {
                endpoint.answers(status);
                w.publish("news", "m");
                endpoint.received(++count);
                w.settle();
            }
            w.pass(30);
            endpoint.staysAt(count);
            modify(w, PushConfig.getDefaultInstance());
            w.pass(30);
            w.nothing("first");
        }
    }

    @Rule(value = "any other status is a nack: the message is sent again", at = Page.PUSH)
    void failureIsSentAgain(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            endpoint.answers(500);
            w.newsAndFirst(to(endpoint));
            w.publish("news", "m");
            w.eventually(() -> assertThat(endpoint.soFar()).isNotEmpty());
            endpoint.answers(204);
            int before = endpoint.soFar().size();
            w.settle();
            w.pass(20);
            w.eventually(() -> assertThat(endpoint.soFar()).hasSizeGreaterThan(before));
            assertThat(endpoint.soFar().getLast().text()).isEqualTo("m");
        }
    }

    @Rule(value = "unwrapped, the body is the data itself", at = Page.UNWRAPPING)
    void unwrappedIsTheDataItself(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.newsAndFirst(unwrapped(endpoint, false));
            w.publish("news", World.with("a", "b"));
            Pushed pushed = endpoint.received(1).getFirst();
            assertThat(pushed.body()).isEqualTo("a=b");
            assertThat(pushed.headers()).doesNotContainKey("X-goog-pubsub-message-id");
        }
    }

    @Rule(value = "with write_metadata, headers tell the rest", at = Page.UNWRAPPING)
    void metadataIsInHeaders(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.newsAndFirst(unwrapped(endpoint, true));
            String id = w.publish("news", World.with("a", "b")).getFirst();
            Pushed pushed = endpoint.received(1).getFirst();
            assertThat(pushed.headers().getFirst("x-goog-pubsub-message-id")).isEqualTo(id);
            assertThat(pushed.headers().getFirst("x-goog-pubsub-subscription-name"))
                    .isEqualTo(w.subscriptionName("first"));
            assertThat(pushed.headers().getFirst("x-goog-pubsub-publish-time")).isNotEmpty();
            assertThat(pushed.headers().getFirst("a")).isEqualTo("b");
        }
    }

    @Rule(value = "an ordered subscription pushes a key's messages one by one", at = Page.ORDERING)
    void keyIsPushedOneByOne(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.newsAndFirst(one -> OrderingCases.ordered(to(endpoint).apply(one)));
            for (int i = 0; i < 5; i++) {
                w.publish("news", World.keyed("k", "m" + i));
            }
            assertThat(endpoint.received(5).stream().map(Pushed::text))
                    .containsExactly("m0", "m1", "m2", "m3", "m4");
            assertThat(endpoint.soFar().getFirst().message().get("orderingKey").getAsString())
                    .isEqualTo("k");
        }
    }

    @Rule(value = "with a dead-letter policy the body has deliveryAttempt", at = Page.DEAD_LETTERS)
    void deliveryAttemptIsPushed(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.topic("graves");
            w.newsAndFirst(
                    one ->
                            to(endpoint)
                                    .apply(one)
                                    .setDeadLetterPolicy(
                                            DeadLetterPolicy.newBuilder()
                                                    .setDeadLetterTopic(w.topicName("graves"))));
            w.publish("news", "m");
            assertThat(endpoint.received(1).getFirst().json().get("deliveryAttempt").getAsInt())
                    .isEqualTo(1);
        }
    }

    @Rule(value = "ModifyPushConfig makes a pull subscription push its backlog", at = Page.RPC)
    void pullBecomesPush(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.newsAndFirst();
            w.publish("news", "waiting");
            modify(w, config(endpoint));
            assertThat(endpoint.received(1).getFirst().text()).isEqualTo("waiting");
            assertThat(w.get("first").getPushConfig().getPushEndpoint()).isEqualTo(endpoint.url());
        }
    }

    @Rule(value = "an empty one makes it pull again", at = Page.RPC)
    void pushBecomesPull(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.newsAndFirst(to(endpoint));
            modify(w, PushConfig.getDefaultInstance());
            w.publish("news", "m");
            w.drains("first", "m");
            endpoint.staysAt(0);
        }
    }

    @Rule(value = "UpdateSubscription changes push_config, too", at = Page.RPC)
    void pushConfigCanBeUpdated(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.newsAndFirst();
            UpdateCases.update(
                    w, Subscription.newBuilder().setPushConfig(config(endpoint)), "push_config");
            w.publish("news", "m");
            endpoint.received(1);
        }
    }

    @Rule(value = "a push subscription is not pulled from", at = Page.ERRORS)
    void pushIsNotPulled(World w) throws Exception {
        try (Endpoint endpoint = new Endpoint(w)) {
            w.newsAndFirst(to(endpoint));
            Answers.refused(Code.FAILED_PRECONDITION, () -> w.pullNow("first", 1));
            w.stream("first").endsWith(Code.FAILED_PRECONDITION);
        }
    }

    @Rule(value = "the endpoint is a URL", at = Page.PUSH)
    void endpointIsAUrl(World w) {
        w.topic("news");
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        w.subscription(
                                "first",
                                "news",
                                one ->
                                        one.setPushConfig(
                                                PushConfig.newBuilder()
                                                        .setPushEndpoint("no URL"))));
    }

    @Rule(
            value = "here it is on this machine; what is not is refused with a sentence",
            at = Page.PUSH,
            ours = true)
    void endpointIsOnThisMachine(World w) {
        w.topic("news");
        var status =
                Answers.statusOf(
                        () ->
                                w.subscription(
                                        "first",
                                        "news",
                                        one ->
                                                one.setPushConfig(
                                                        PushConfig.newBuilder()
                                                                .setPushEndpoint(
                                                                        "https://example.com/push"))));
        assertThat(status.getCode())
                .isIn(Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION, Code.UNIMPLEMENTED);
        assertThat(status.getDescription()).contains("example.com");
    }

    private static PushConfig config(Endpoint endpoint) {
        return PushConfig.newBuilder().setPushEndpoint(endpoint.url()).build();
    }

    private static UnaryOperator<Subscription.Builder> to(Endpoint endpoint) {
        return one -> one.setPushConfig(config(endpoint));
    }

    private static UnaryOperator<Subscription.Builder> unwrapped(
            Endpoint endpoint, boolean metadata) {
        return one ->
                one.setPushConfig(
                        config(endpoint).toBuilder()
                                .setNoWrapper(
                                        PushConfig.NoWrapper.newBuilder()
                                                .setWriteMetadata(metadata)));
    }

    private static void modify(World w, PushConfig config) {
        var _ =
                w.subscriber()
                        .modifyPushConfig(
                                ModifyPushConfigRequest.newBuilder()
                                        .setSubscription(w.subscriptionName("first"))
                                        .setPushConfig(config)
                                        .build());
    }
}
