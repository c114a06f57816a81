package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.faults.Faults;
import io.farandole.pubsub.time.Times;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PushTimeoutTest {

    private static final int LEASE_SECONDS = 599;
    private static final int MESSAGES = 50;

    private final PendingTimes times = new PendingTimes();

    @Test
    void nothingWaitsForAPushThatWasAnswered() {
        try (times;
                PushEndpoint endpoint = new PushEndpoint();
                Broker broker = new Broker(Storage.inMemory(), times, new Faults())) {
            String topic = ServerLife.topic("news");
            Answer<Topic> created = new Answer<>();
            broker.create(Topic.newBuilder().setName(topic).build(), new Reply<>(created));
            assertThat(created.await(ServerLife.PATIENCE)).isNotNull();
            Answer<Subscription> subscribed = new Answer<>();
            broker.create(
                    DefinitionRules.withDefaults(
                            Subscription.newBuilder()
                                    .setName(ServerLife.subscription("pushed"))
                                    .setTopic(topic)
                                    .setAckDeadlineSeconds(LEASE_SECONDS)
                                    .setPushConfig(
                                            PushConfig.newBuilder().setPushEndpoint(endpoint.url()))
                                    .build()),
                    new Reply<>(subscribed));
            assertThat(subscribed.await(ServerLife.PATIENCE)).isNotNull();
            PublishRequest.Builder request = PublishRequest.newBuilder().setTopic(topic);
            for (int i = 0; i < MESSAGES; i++) {
                request.addMessages(
                        PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("m" + i)));
            }
            Answer<PublishResponse> published = new Answer<>();
            broker.publish(request.build(), new Reply<>(published));
            assertThat(published.await(ServerLife.PATIENCE)).isNotNull();
            await().until(() -> endpoint.received().size() == MESSAGES);
            assertThat(times.asked()).isGreaterThanOrEqualTo(MESSAGES);
            await().until(() -> times.pending() <= 1);
        }
    }

    /** The machine's, and knows which timeouts of leases nobody has cancelled. */
    private static final class PendingTimes implements Times {

        private final Times machine = Times.ofTheMachine();
        private final Set<Object> pending = ConcurrentHashMap.newKeySet();
        private volatile int asked;

        int asked() {
            return asked;
        }

        int pending() {
            return pending.size();
        }

        @Override
        public InstantSource calendar() {
            return machine.calendar();
        }

        @Override
        public long millis() {
            return machine.millis();
        }

        @Override
        public synchronized Alarm after(long millis, Runnable action) {
            Alarm alarm = machine.after(millis, action);
            if (millis < LEASE_SECONDS * 900L) {
                return alarm;
            }
            Object entry = new Object();
            pending.add(entry);
            asked++;
            return () -> {
                pending.remove(entry);
                alarm.cancel();
            };
        }

        @Override
        public void afterForCallers(long millis, Runnable action) {
            machine.afterForCallers(millis, action);
        }

        @Override
        public boolean waitsForTheServer() {
            return false;
        }

        @Override
        public void settledBy(Consumer<Duration> waiting) {}

        @Override
        public void close() {
            machine.close();
        }
    }
}
