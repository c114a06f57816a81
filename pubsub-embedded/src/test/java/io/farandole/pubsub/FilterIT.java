package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Google's client sees of a subscription with a filter. */
class FilterIT {

    @TempDir Path directory;

    @Test
    void deliversOnlyWhatMatchesAndCountsTheRestAsAcknowledged() {
        try (EmbeddedPubSub server = EmbeddedPubSub.start();
                GoogleClient client = new GoogleClient(server.endpoint())) {
            client.create("news", "all");
            client.subscribe(french(), "news", "french");
            assertThat(client.subscriptions.getSubscription(subscription("french")).getFilter())
                    .isEqualTo("attributes.lang = \"fr\"");
            Queue<String> french = new ConcurrentLinkedQueue<>();
            Queue<String> all = new ConcurrentLinkedQueue<>();
            collect(client, "french", french);
            collect(client, "all", all);
            client.publish("news", said("a", "fr"), message("b"), said("c", "en"), said("d", "fr"));
            await().untilAsserted(() -> assertThat(all).hasSize(4));
            await().untilAsserted(() -> assertThat(french).containsExactlyInAnyOrder("a", "d"));
            await().untilAsserted(
                            () ->
                                    assertThat(server.subscriptionCounts())
                                            .allMatch(
                                                    one -> one.waiting() + one.outstanding() == 0));
        }
    }

    @Test
    void keepsTheOrderOfAKeyOverWhatIsFilteredOut() {
        try (EmbeddedPubSub server = EmbeddedPubSub.start();
                GoogleClient client = new GoogleClient(server.endpoint())) {
            client.create("news");
            client.subscribe(french().setEnableMessageOrdering(true), "news", "french");
            client.publish("news", keyed("a", "fr"), keyed("b", "en"), keyed("c", "fr"));
            client.publish("news", keyed("d", "en"), keyed("e", "fr"));
            Queue<String> french = new ConcurrentLinkedQueue<>();
            collect(client, "french", french);
            await().untilAsserted(() -> assertThat(french).containsExactly("a", "c", "e"));
        }
    }

    @Test
    void filtersTheSameAfterARestart() {
        try (EmbeddedPubSub server = EmbeddedPubSub.builder().journal(directory).start();
                GoogleClient client = new GoogleClient(server.endpoint())) {
            client.create("news");
            client.subscribe(french(), "news", "french");
            client.publish("news", said("a", "fr"), said("b", "en"));
        }
        try (EmbeddedPubSub server = EmbeddedPubSub.builder().journal(directory).start();
                GoogleClient client = new GoogleClient(server.endpoint())) {
            assertThat(server.subscriptionCounts().getFirst().waiting()).isEqualTo(1);
            client.publish("news", said("c", "en"), said("d", "fr"));
            assertThat(pullAtOnce(client)).containsExactly("a", "d");
        }
    }

    @Test
    void refusesAFilterThatIsNoneAndAnyChange() {
        try (EmbeddedPubSub server = EmbeddedPubSub.start();
                GoogleClient client = new GoogleClient(server.endpoint())) {
            client.create("news");
            invalid(
                    "character 17: found the end",
                    () ->
                            client.subscribe(
                                    Subscription.newBuilder().setFilter("attributes.lang "),
                                    "news",
                                    "bad"));
            invalid(
                    "257 bytes",
                    () ->
                            client.subscribe(
                                    Subscription.newBuilder()
                                            .setFilter("attributes:" + "a".repeat(246)),
                                    "news",
                                    "bad"));
            Subscription created = client.subscribe(french(), "news", "french");
            invalid(
                    "\"filter\" cannot be changed",
                    () ->
                            client.subscriptions.updateSubscription(
                                    UpdateSubscriptionRequest.newBuilder()
                                            .setSubscription(created.toBuilder().clearFilter())
                                            .setUpdateMask(
                                                    FieldMask.newBuilder().addPaths("filter"))
                                            .build()));
        }
    }

    private static Subscription.Builder french() {
        return Subscription.newBuilder().setFilter("attributes.lang = \"fr\"");
    }

    private static void collect(GoogleClient client, String id, Queue<String> texts) {
        client.receive(
                id,
                (message, reply) -> {
                    texts.add(message.getData().toStringUtf8());
                    reply.ack();
                });
    }

    @SuppressWarnings("deprecation") // the only way to ask without waiting
    private static List<String> pullAtOnce(GoogleClient client) {
        return client
                .subscriptions
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription("french"))
                                .setMaxMessages(100)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList()
                .stream()
                .map(one -> one.getMessage().getData().toStringUtf8())
                .toList();
    }

    private static PubsubMessage said(String text, String language) {
        return message(text).toBuilder().putAttributes("lang", language).build();
    }

    private static PubsubMessage keyed(String text, String language) {
        return said(text, language).toBuilder().setOrderingKey("key").build();
    }

    private static void invalid(String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(reason)
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode())
                                        .isEqualTo(Status.Code.INVALID_ARGUMENT));
    }
}
