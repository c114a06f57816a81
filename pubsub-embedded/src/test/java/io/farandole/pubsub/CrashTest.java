package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.ReceivedMessage;
import io.farandole.pubsub.journal.CrashSeeds;
import io.farandole.pubsub.journal.ForgetfulDisk;
import io.farandole.pubsub.journal.JournalFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Servers under load whose disk crashes at any step, and forgets what was not forced: nothing that
 * a publisher was told of is lost, keys keep their order, and what exactly-once delivery confirmed
 * does not come back.
 */
class CrashTest {

    private static final int ROUNDS = 100;
    private static final long PAYLOAD_HEAP = 3_000;

    /** What a disk that lies leads to; that an answer is late, say, is something else. */
    private static final Pattern NOTICED =
            Pattern.compile(
                    "-Dfarandole.crash.seed=\\d+: .*"
                            + "(\\[lost to |\\[came back|The journal is damaged|has a hole).*",
                    Pattern.DOTALL);

    /** How often exactly-once delivery confirmed something, over all rounds. */
    private static long confirmations;

    @Test
    void losesNoAcknowledgedPublishWhereverTheDiskCrashes() {
        long segments = 0;
        for (int round = 0; round < ROUNDS; round++) {
            segments += round(CrashSeeds.next(), false);
        }
        if (!CrashSeeds.isGiven()) {
            // that old segments go is part of what is tested here
            assertThat(segments).isGreaterThan(ROUNDS);
            assertThat(confirmations).isGreaterThan(ROUNDS);
        }
    }

    @Test
    void noticesADiskThatLiesAboutForcing() {
        assertThatThrownBy(
                        () -> {
                            for (long seed = 0; seed < 50; seed++) {
                                round(seed, true);
                            }
                        })
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching(NOTICED);
    }

    /** Returns how many segments the journal was through. */
    static long round(long seed, boolean lyingDisk) {
        try {
            return new Round(seed, lyingDisk).run();
        } catch (AssertionError | RuntimeException e) {
            throw CrashSeeds.failed(seed, e);
        }
    }

    private static final class Round {
        private final SplittableGenerator random;
        private final boolean lyingDisk;
        private final long segmentBytes;

        /** What was ever sent, and the key that it was sent with. */
        private final Map<String, String> sent = new HashMap<>();

        /** What a publisher was told, by id. */
        private final Map<Long, String> published = new HashMap<>();

        /** What may be acknowledged, by subscription. */
        private final Map<String, Set<String>> acknowledged = new HashMap<>();

        /** What was confirmed to be acknowledged for ever. */
        private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

        private final List<Answer<PublishResponse>> open = new ArrayList<>();
        private final Map<Answer<PublishResponse>, List<String>> textsOf = new HashMap<>();
        private boolean plain;
        private boolean keyed;
        private boolean once;
        private int texts;

        Round(long seed, boolean lyingDisk) {
            this.random = CrashSeeds.generator(seed);
            this.lyingDisk = lyingDisk;
            this.segmentBytes = 1_000L + random.nextInt(20_000);
        }

        long run() {
            ForgetfulDisk disk = new ForgetfulDisk(random.split());
            int crashes = 1 + random.nextInt(3);
            for (int i = 0; i < crashes; i++) {
                if (lyingDisk) {
                    disk.lie();
                }
                disk.crashAt(10 + random.nextInt(250));
                live(disk);
                disk = disk.afterCrash();
                check(disk);
            }
            confirmations += confirmed.size();
            return disk.lastSegment();
        }

        private void live(ForgetfulDisk disk) {
            JournalFiles files = disk.files(segmentBytes);
            ServerLife server;
            try {
                server = new ServerLife(files, PAYLOAD_HEAP);
            } catch (RuntimeException e) {
                assertThat(disk.hasCrashed()).as(() -> "crashed before " + e).isTrue();
                return;
            }
            try (server) {
                boolean created = server.create("t");
                plain = (created && server.subscribe("t", "plain", false)) || plain;
                keyed = (created && server.subscribe("t", "keyed", true)) || keyed;
                once = (created && server.subscribeOnce("t", "once")) || once;
                for (int i = 0; i < 1_000 && !disk.hasCrashed(); i++) {
                    act(server);
                }
            } catch (RuntimeException e) {
                assertThat(disk.hasCrashed()).as(() -> "crashed before " + e).isTrue();
            }
            open.forEach(this::note);
            open.clear();
        }

        private void act(ServerLife server) {
            switch (random.nextInt(7)) {
                case 0, 1, 2 -> publish(server);
                case 3 -> take(server, "plain");
                case 4 -> take(server, "keyed");
                case 5 -> take(server, "once");
                default -> {
                    for (Answer<PublishResponse> answer : open) {
                        answer.await(ServerLife.PATIENCE);
                        note(answer);
                    }
                    open.clear();
                }
            }
        }

        private void publish(ServerLife server) {
            String key = random.nextBoolean() ? "" : "k" + random.nextInt(4);
            List<String> messages = new ArrayList<>();
            int count = 1 + random.nextInt(10);
            for (int i = 0; i < count; i++) {
                String text = "m" + texts++;
                sent.put(text, key);
                messages.add(text + "-".repeat(random.nextInt(200)));
            }
            Answer<PublishResponse> answer = server.publish("t", key, messages);
            textsOf.put(answer, messages.stream().map(Round::text).toList());
            open.add(answer);
        }

        private void note(Answer<PublishResponse> answer) {
            PublishResponse response = answer.isDone() ? answer.await(ServerLife.PATIENCE) : null;
            if (response != null) {
                List<String> messages = textsOf.getOrDefault(answer, List.of());
                for (int i = 0; i < messages.size(); i++) {
                    long id = Long.parseLong(response.getMessageIds(i));
                    assertThat(published.put(id, messages.get(i)))
                            .as("an id that was given before")
                            .isNull();
                }
            }
        }

        private void take(ServerLife server, String subscription) {
            if (server.broker.subscription(ServerLife.subscription(subscription)).isEmpty()) {
                return;
            }
            List<ReceivedMessage> received = server.pull(subscription, 1 + random.nextInt(40));
            List<ReceivedMessage> kept = new ArrayList<>(received);
            kept.removeIf(_ -> random.nextInt(5) == 0);
            List<ReceivedMessage> returned = new ArrayList<>(received);
            returned.removeAll(kept);
            for (ReceivedMessage one : kept) {
                acknowledged.computeIfAbsent(subscription, _ -> new HashSet<>()).add(text(one));
            }
            if (subscription.equals("once")) {
                server.acknowledgeOnce(subscription, kept, one -> confirmed.add(text(one)));
            } else {
                server.acknowledge(subscription, kept);
            }
            server.giveBack(subscription, returned);
        }

        private static String text(ReceivedMessage received) {
            return text(received.getMessage().getData().toStringUtf8());
        }

        /** Without what makes it long. */
        private static String text(String data) {
            int end = data.indexOf('-');
            return end < 0 ? data : data.substring(0, end);
        }

        /** Takes all that there is, and gives it back. */
        private void check(ForgetfulDisk disk) {
            try (ServerLife server = new ServerLife(disk.files(segmentBytes), PAYLOAD_HEAP)) {
                if (plain) {
                    var _ = check(server, "plain", false);
                }
                if (keyed) {
                    var _ = check(server, "keyed", true);
                }
                if (once) {
                    assertThat(check(server, "once", false))
                            .as("came back")
                            .noneMatch(confirmed::contains);
                }
            }
        }

        private Set<String> check(ServerLife server, String subscription, boolean ordered) {
            assertThat(server.broker.subscription(ServerLife.subscription(subscription)))
                    .as("lost to " + subscription)
                    .isPresent();
            Map<String, ReceivedMessage> back = new LinkedHashMap<>();
            for (ReceivedMessage one : server.look(subscription)) {
                assertThat(back.put(text(one), one)).isNull();
            }
            assertThat(sent.keySet()).containsAll(back.keySet());
            Set<String> lost = new HashSet<>(published.values());
            lost.removeAll(back.keySet());
            lost.removeAll(acknowledged.getOrDefault(subscription, Set.of()));
            assertThat(lost).as("lost to " + subscription).isEmpty();
            Map<String, Long> last = new HashMap<>();
            back.forEach(
                    (text, one) -> {
                        String key = one.getMessage().getOrderingKey();
                        long id = Long.parseLong(one.getMessage().getMessageId());
                        assertThat(key).isEqualTo(sent.get(text));
                        assertThat(published.getOrDefault(id, text)).isEqualTo(text);
                        @Nullable Long before = last.put(key, id);
                        if (ordered && !key.isEmpty() && before != null) {
                            assertThat(id).as("order of " + key).isGreaterThan(before);
                        }
                    });
            return back.keySet();
        }
    }
}
