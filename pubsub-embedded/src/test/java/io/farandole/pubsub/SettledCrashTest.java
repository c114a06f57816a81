package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.Confirmation.Outcome;
import io.farandole.pubsub.journal.CrashSeeds;
import io.farandole.pubsub.journal.ForgetfulDisk;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Servers whose disk crashes at any step: what exactly-once delivery confirmed never comes again,
 * and what is on its way to the dead-letter topic is in one place at least.
 */
class SettledCrashTest {

    private static final int ROUNDS = 30;

    /** What a disk that lies leads to; that an answer is late, say, is something else. */
    private static final Pattern NOTICED =
            Pattern.compile(
                    "-Dfarandole.crash.seed=\\d+: .*"
                            + "(\\[lost\\]|\\[confirmed\\]|The journal is damaged|has a hole).*",
                    Pattern.DOTALL);

    @Test
    void keepsWhatWasConfirmedAndLosesNoLetterWhereverTheDiskCrashes() {
        int[] seen = new int[2];
        for (int i = 0; i < ROUNDS; i++) {
            round(CrashSeeds.next(), false, seen);
        }
        if (!CrashSeeds.isGiven()) {
            assertThat(seen[0]).as("confirmed").isGreaterThan(ROUNDS);
            assertThat(seen[1]).as("letters").isGreaterThan(ROUNDS);
        }
    }

    @Test
    void noticesADiskThatLiesAboutForcing() {
        assertThatThrownBy(
                        () -> {
                            for (long seed = 0; seed < 50; seed++) {
                                round(seed, true, new int[2]);
                            }
                        })
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching(NOTICED);
    }

    private static void round(long seed, boolean lyingDisk, int[] seen) {
        try {
            new Round(seed).run(lyingDisk, seen);
        } catch (AssertionError | RuntimeException e) {
            throw CrashSeeds.failed(seed, e);
        }
    }

    private static final class Round {

        private final SplittableGenerator random;
        private final Set<String> published = new HashSet<>();
        private final Set<String> acknowledged = new HashSet<>();
        private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

        Round(long seed) {
            random = CrashSeeds.generator(seed);
        }

        void run(boolean lyingDisk, int[] seen) {
            ForgetfulDisk disk = new ForgetfulDisk(random.split());
            if (lyingDisk) {
                disk.lie();
            }
            disk.crashAt(60 + random.nextInt(200));
            try (ServerLife server = new ServerLife(disk.files(20_000), 1 << 20)) {
                if (server.create("t")
                        && server.create("dead")
                        && server.subscribe("dead", "letters", false)
                        && subscribe(server)) {
                    for (int i = 0; i < 1_000 && !disk.hasCrashed(); i++) {
                        publish(server, i);
                        settle(server);
                    }
                }
            } catch (RuntimeException e) {
                assertThat(disk.hasCrashed()).as(() -> "crashed before " + e).isTrue();
            }
            try (ServerLife server = new ServerLife(disk.afterCrash().files(20_000), 1 << 20)) {
                check(server, seen);
            }
        }

        private static boolean subscribe(ServerLife server) {
            Answer<Subscription> answer = new Answer<>();
            server.broker.create(
                    DefinitionRules.withDefaults(
                            Subscription.newBuilder()
                                    .setName(ServerLife.subscription("first"))
                                    .setTopic(ServerLife.topic("t"))
                                    .setEnableExactlyOnceDelivery(true)
                                    .setDeadLetterPolicy(
                                            DeadLetterPolicy.newBuilder()
                                                    .setDeadLetterTopic(ServerLife.topic("dead")))
                                    .build()),
                    new Reply<>(answer));
            return answer.await(ServerLife.PATIENCE) != null;
        }

        private void publish(ServerLife server, int number) {
            List<String> texts = List.of("a" + number, "b" + number, "c" + number);
            if (server.publish("t", "", texts).await(ServerLife.PATIENCE) != null) {
                published.addAll(texts);
            }
        }

        /** Half of what there is is acknowledged, half given back. */
        private void settle(ServerLife server) {
            LiveSubscription live =
                    server.broker.subscription(ServerLife.subscription("first")).orElseThrow();
            Map<String, String> textOf = new HashMap<>();
            Set<String> back = new HashSet<>();
            for (ReceivedMessage one : server.pull("first", 100)) {
                if (random.nextBoolean()) {
                    textOf.put(one.getAckId(), text(one));
                    acknowledged.add(text(one));
                } else {
                    back.add(one.getAckId());
                }
            }
            live.modifyLeased(List.copyOf(back), Collections.nCopies(back.size(), 0));
            live.acknowledge(
                    List.copyOf(textOf.keySet()),
                    server.broker.journal(),
                    confirmation ->
                            confirmation
                                    .outcomes()
                                    .forEach(
                                            (ackId, outcome) -> {
                                                if (outcome == Outcome.DONE) {
                                                    confirmed.add(textOf.getOrDefault(ackId, "?"));
                                                }
                                            }));
        }

        private void check(ServerLife server, int[] seen) {
            if (server.broker.subscription(ServerLife.subscription("first")).isEmpty()) {
                assertThat(published).as("lost").isEmpty();
                return;
            }
            Set<String> waiting = texts(server, "first");
            Set<String> letters = texts(server, "letters");
            assertThat(waiting).as("confirmed").doesNotContainAnyElementsOf(confirmed);
            Set<String> lost = new HashSet<>(published);
            lost.removeAll(waiting);
            lost.removeAll(letters);
            lost.removeAll(acknowledged);
            assertThat(lost).as("lost").isEmpty();
            seen[0] += confirmed.size();
            seen[1] += letters.size();
        }

        private static Set<String> texts(ServerLife server, String subscription) {
            assertThat(server.broker.subscription(ServerLife.subscription(subscription)))
                    .as("lost")
                    .isPresent();
            return server.look(subscription).stream().map(Round::text).collect(Collectors.toSet());
        }

        private static String text(ReceivedMessage received) {
            return received.getMessage().getData().toStringUtf8();
        }
    }
}
