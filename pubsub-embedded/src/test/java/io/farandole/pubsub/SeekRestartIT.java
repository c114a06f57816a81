package io.farandole.pubsub;

import static io.farandole.pubsub.RawClient.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.DeleteSnapshotRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.GetSnapshotRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random publishes, acknowledgements, seeks and snapshots with restarts in between: what is handed
 * out is what a naive model says, as if there had been no restart.
 */
@Timeout(60)
class SeekRestartIT {

    private static final List<String> READERS = List.of("plain", "keeper", "ordered");
    private static final Timestamp FUTURE =
            Timestamp.newBuilder().setSeconds(4_000_000_000L).build();

    @TempDir Path directory;

    private final long seed = RandomGenerator.getDefault().nextLong();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    /** By reader and by snapshot, the texts that are unacknowledged. */
    private final Map<String, Set<Integer>> unacknowledged = new HashMap<>();

    private final Map<String, Set<Integer>> snapshots = new HashMap<>();
    private final Map<String, Set<Integer>> retained = new HashMap<>();
    private final Map<Integer, Timestamp> published = new HashMap<>();

    @Test
    void goesOnAfterARestartAsBefore() {
        READERS.forEach(
                reader -> {
                    unacknowledged.put(reader, new TreeSet<>());
                    retained.put(reader, new TreeSet<>());
                });
        try {
            for (int round = 0; round < 3; round++) {
                try (EmbeddedPubSub server = EmbeddedPubSub.builder().journal(directory).start();
                        RawClient client = new RawClient(server.endpoint())) {
                    if (round == 0) {
                        create(client);
                    }
                    for (int step = 0; step < 40; step++) {
                        step(client);
                    }
                    if (round == 1) {
                        detach(client);
                    }
                }
            }
            try (EmbeddedPubSub server = EmbeddedPubSub.builder().journal(directory).start();
                    RawClient client = new RawClient(server.endpoint())) {
                compare(client);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static void create(RawClient client) {
        client.createTopic("news");
        client.subscribe("news", "plain");
        client.subscribe(Subscription.newBuilder().setRetainAckedMessages(true), "news", "keeper");
        client.subscribe(
                Subscription.newBuilder()
                        .setRetainAckedMessages(true)
                        .setEnableMessageOrdering(true),
                "news",
                "ordered");
        client.subscribe("news", "leaver");
        client.subscribe("news", "witness");
    }

    private void step(RawClient client) {
        String reader = READERS.get(random.nextInt(READERS.size()));
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> publish(client);
            case 3, 4 -> acknowledge(client, reader);
            case 5 -> snapshot(client, reader);
            case 6 -> seekToTime(client, reader);
            default -> seekToSnapshot(client, reader);
        }
    }

    private void publish(RawClient client) {
        int text = published.size();
        client.publishKeyed("news", "k" + text % 3, Integer.toString(text));
        List<ReceivedMessage> told = client.pull("witness");
        client.acknowledge("witness", told);
        published.put(text, told.getFirst().getMessage().getPublishTime());
        unacknowledged.values().forEach(ids -> ids.add(text));
        snapshots.values().forEach(ids -> ids.add(text));
    }

    private void acknowledge(RawClient client, String reader) {
        List<ReceivedMessage> got = client.pull(reader);
        List<ReceivedMessage> done =
                reader.equals("ordered")
                        ? got.subList(0, random.nextInt(got.size() + 1))
                        : got.stream().filter(_ -> random.nextBoolean()).toList();
        client.acknowledge(reader, done);
        List<ReceivedMessage> others = new ArrayList<>(got);
        others.removeAll(done);
        if (!others.isEmpty()) {
            client.giveBack(reader, others);
        }
        for (ReceivedMessage one : done) {
            of(unacknowledged, reader).remove(textOf(one));
            if (!reader.equals("plain")) {
                of(retained, reader).add(textOf(one));
            }
        }
    }

    private void snapshot(RawClient client, String reader) {
        String name = "snap" + random.nextInt(3);
        if (snapshots.remove(name) != null) {
            var _ =
                    client.subscriber.deleteSnapshot(
                            DeleteSnapshotRequest.newBuilder()
                                    .setSnapshot(RawClient.snapshot(name))
                                    .build());
        }
        var _ = client.createSnapshot(reader, name);
        snapshots.put(name, new TreeSet<>(of(unacknowledged, reader)));
    }

    private void seekToTime(RawClient client, String reader) {
        int text = random.nextInt(published.size() + 1);
        Timestamp time = published.getOrDefault(text, FUTURE);
        client.seek(reader, time);
        Set<Integer> all = new TreeSet<>(of(unacknowledged, reader));
        all.addAll(of(retained, reader));
        Set<Integer> wanted = new TreeSet<>(all);
        wanted.removeIf(one -> millis(published.getOrDefault(one, FUTURE)) < millis(time));
        became(reader, wanted, all);
    }

    private void seekToSnapshot(RawClient client, String reader) {
        String name = "snap" + random.nextInt(3);
        Set<Integer> wanted = snapshots.get(name);
        if (wanted != null) {
            client.seek(reader, name);
            Set<Integer> all = new TreeSet<>(of(unacknowledged, reader));
            all.addAll(of(retained, reader));
            became(reader, wanted, all);
        }
    }

    private void became(String reader, Set<Integer> wanted, Set<Integer> known) {
        unacknowledged.put(reader, new TreeSet<>(wanted));
        known.removeAll(wanted);
        retained.put(reader, reader.equals("plain") ? new TreeSet<>() : known);
    }

    private static void detach(RawClient client) {
        var _ =
                client.publisher.detachSubscription(
                        DetachSubscriptionRequest.newBuilder()
                                .setSubscription(subscription("leaver"))
                                .build());
    }

    private void compare(RawClient client) {
        for (String reader : READERS) {
            List<Integer> texts = client.drain(reader).stream().map(Integer::valueOf).toList();
            assertThat(texts)
                    .as(reader)
                    .containsExactlyInAnyOrderElementsOf(of(unacknowledged, reader));
            for (int key = 0; key < 3 && reader.equals("ordered"); key++) {
                int one = key;
                assertThat(texts.stream().filter(text -> text % 3 == one)).isSorted();
            }
        }
        snapshots.forEach(
                (name, expected) -> {
                    client.seek("plain", name);
                    assertThat(client.drain("plain").stream().map(Integer::valueOf))
                            .as(name)
                            .containsExactlyInAnyOrderElementsOf(expected);
                });
        assertThat(client.get("leaver").getDetached()).isTrue();
        assertThat(refusal(() -> client.pull("leaver"))).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(
                        refusal(
                                () ->
                                        client.subscriber.getSnapshot(
                                                GetSnapshotRequest.newBuilder()
                                                        .setSnapshot(RawClient.snapshot("none"))
                                                        .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    /** The topic keeps what all have acknowledged, and that over restarts, too. */
    @Test
    void bringsBackWhatTheTopicRetainsAfterARestart() {
        try (EmbeddedPubSub server = EmbeddedPubSub.builder().journal(directory).start();
                RawClient client = new RawClient(server.endpoint())) {
            client.createTopic(
                    Topic.newBuilder()
                            .setMessageRetentionDuration(Duration.newBuilder().setSeconds(86_400)),
                    "news");
            client.subscribe("news", "reader");
            client.publish("news", "1", "2", "3");
            assertThat(client.drain("reader")).hasSize(3);
        }
        try (EmbeddedPubSub server = EmbeddedPubSub.builder().journal(directory).start();
                RawClient client = new RawClient(server.endpoint())) {
            assertThat(client.pull("reader")).isEmpty();
            client.seek("reader", Timestamp.getDefaultInstance());
            client.subscribe("news", "later");
            client.seek("later", Timestamp.getDefaultInstance());
            assertThat(client.drain("reader")).containsExactly("1", "2", "3");
            client.publish("news", "4");
        }
        try (EmbeddedPubSub server = EmbeddedPubSub.builder().journal(directory).start();
                RawClient client = new RawClient(server.endpoint())) {
            assertThat(client.drain("reader")).containsExactly("4");
            assertThat(client.drain("later")).containsExactly("1", "2", "3", "4");
        }
    }

    private static Status.Code refusal(Runnable call) {
        try {
            call.run();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static Set<Integer> of(Map<String, Set<Integer>> map, String name) {
        return map.computeIfAbsent(name, _ -> new TreeSet<>());
    }

    private static int textOf(ReceivedMessage message) {
        return Integer.parseInt(message.getMessage().getData().toStringUtf8());
    }

    private static long millis(Timestamp time) {
        return time.getSeconds() * 1000 + time.getNanos() / 1_000_000;
    }
}
