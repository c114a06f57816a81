package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.subscription;
import static io.farandole.pubsub.GoogleClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.spring.autoconfigure.pubsub.health.PubSubHealthIndicator;
import com.google.cloud.spring.pubsub.PubSubAdmin;
import com.google.cloud.spring.pubsub.core.PubSubTemplate;
import com.google.cloud.spring.pubsub.reactive.PubSubReactiveFactory;
import com.google.cloud.spring.pubsub.support.AcknowledgeablePubsubMessage;
import com.google.cloud.spring.pubsub.support.GcpPubSubHeaders;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What spring-cloud-gcp's own beans see, as its auto-configuration makes them. */
class SpringClientIT {

    @RegisterExtension static final EmbeddedPubSubExtension pubsub = new EmbeddedPubSubExtension();

    private static ConfigurableApplicationContext spring;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        CredentialsProvider noCredentials() {
            return NoCredentialsProvider.create();
        }
    }

    @BeforeAll
    static void start() {
        spring =
                new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .properties(
                                Map.of(
                                        "spring.cloud.gcp.project-id",
                                        "farandole",
                                        "spring.cloud.gcp.pubsub.emulator-host",
                                        pubsub.endpoint(),
                                        "spring.cloud.gcp.pubsub.publisher.enable-message-ordering",
                                        "true",
                                        "spring.main.banner-mode",
                                        "off"))
                        .run();
    }

    @AfterAll
    static void stop() {
        spring.close();
    }

    @Test
    void administrates() {
        PubSubAdmin admin = spring.getBean(PubSubAdmin.class);
        admin.createTopic("managed");
        assertThat(admin.getTopic("managed").getName()).isEqualTo(topic("managed"));
        assertThat(admin.getTopic("nowhere")).isNull();
        assertThatThrownBy(() -> admin.createTopic("managed"))
                .isInstanceOf(AlreadyExistsException.class);
        Subscription created = admin.createSubscription("managed-first", "managed", 30);
        assertThat(created.getAckDeadlineSeconds()).isEqualTo(30);
        admin.createSubscription(
                Subscription.newBuilder()
                        .setName("managed-second")
                        .setTopic("managed")
                        .setEnableMessageOrdering(true));
        assertThat(admin.getSubscription("managed-second").getEnableMessageOrdering()).isTrue();
        assertThat(admin.getSubscription("nowhere")).isNull();
        assertThat(admin.listTopics()).extracting(Topic::getName).contains(topic("managed"));
        assertThat(admin.listSubscriptions())
                .extracting(Subscription::getName)
                .contains(subscription("managed-first"), subscription("managed-second"));
        admin.deleteSubscription("managed-first");
        admin.deleteTopic("managed");
        assertThat(admin.getSubscription("managed-first")).isNull();
        assertThat(admin.getTopic("managed")).isNull();
    }

    @Test
    void publishesAndPulls() throws Exception {
        PubSubTemplate template = created("pulled");
        String id = template.publish("pulled", "text", Map.of("a", "b")).get(10, TimeUnit.SECONDS);
        List<AcknowledgeablePubsubMessage> first = template.pull("pulled", 10, false);
        assertThat(first).hasSize(1);
        PubsubMessage message = first.getFirst().getPubsubMessage();
        assertThat(message.getMessageId()).isEqualTo(id);
        assertThat(message.getData().toStringUtf8()).isEqualTo("text");
        assertThat(message.getAttributesMap()).containsEntry("a", "b");
        first.getFirst().modifyAckDeadline(60).get(10, TimeUnit.SECONDS);
        assertThat(template.pull("pulled", 10, true)).isEmpty();
        template.nack(first).get(10, TimeUnit.SECONDS);
        List<AcknowledgeablePubsubMessage> again = template.pull("pulled", 10, false);
        assertThat(again).hasSize(1);
        template.ack(again).get(10, TimeUnit.SECONDS);
        template.publish("pulled", "next").get(10, TimeUnit.SECONDS);
        assertThat(template.pullAndAck("pulled", 10, false))
                .extracting(one -> one.getData().toStringUtf8())
                .containsExactly("next");
        assertThat(template.pullNext("pulled")).isNull();
    }

    @Test
    void subscribesInTheOrderOfAKey() {
        PubSubAdmin admin = spring.getBean(PubSubAdmin.class);
        admin.createTopic("streamed");
        admin.createSubscription(
                Subscription.newBuilder()
                        .setName("streamed")
                        .setTopic("streamed")
                        .setEnableMessageOrdering(true));
        PubSubTemplate template = spring.getBean(PubSubTemplate.class);
        Queue<String> received = new ConcurrentLinkedQueue<>();
        Subscriber subscriber =
                template.subscribeAndConvert(
                        "streamed",
                        message -> {
                            received.add(message.getPayload());
                            var _ = message.ack();
                        },
                        String.class);
        for (int i = 0; i < 100; i++) {
            var _ =
                    template.publish(
                            "streamed",
                            Integer.toString(i),
                            Map.of(GcpPubSubHeaders.ORDERING_KEY, "key"));
        }
        await().untilAsserted(
                        () ->
                                assertThat(received)
                                        .containsExactlyElementsOf(
                                                IntStream.range(0, 100)
                                                        .mapToObj(Integer::toString)
                                                        .toList()));
        subscriber.stopAsync().awaitTerminated();
    }

    @Test
    void pollsReactively() {
        PubSubTemplate template = created("polled");
        for (int i = 0; i < 20; i++) {
            var _ = template.publish("polled", "m" + i);
        }
        List<String> received =
                spring.getBean(PubSubReactiveFactory.class)
                        .poll("polled", 50)
                        .doOnNext(
                                message -> {
                                    var _ = message.ack();
                                })
                        .map(message -> message.getPubsubMessage().getData().toStringUtf8())
                        .take(20)
                        .collectList()
                        .block(Duration.ofSeconds(10));
        assertThat(received).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void isHealthyAsLongAsTheServerAnswers() {
        Health up = spring.getBean(PubSubHealthIndicator.class).health();
        assertThat(up).isNotNull();
        assertThat(up.getStatus()).isEqualTo(Status.UP);
    }

    private static PubSubTemplate created(String name) {
        PubSubAdmin admin = spring.getBean(PubSubAdmin.class);
        admin.createTopic(name);
        admin.createSubscription(name, name);
        return spring.getBean(PubSubTemplate.class);
    }
}
