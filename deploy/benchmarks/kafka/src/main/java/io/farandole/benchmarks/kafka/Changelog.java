package io.farandole.benchmarks.kafka;

import io.farandole.benchmarks.counting.Windows;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.kstream.TimeWindowedDeserializer;
import org.apache.kafka.streams.kstream.Windowed;

/** The state as others can read it: what Kafka Streams committed of it. */
final class Changelog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<Windowed<String>, byte[]> consumer;
    private final List<TopicPartition> partitions;

    Changelog(String broker, String application) {
        TimeWindowedDeserializer<String> keys =
                new TimeWindowedDeserializer<>(new StringDeserializer(), Windows.SIZE.toMillis());
        keys.setIsChangelogTopic(true);
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker, "isolation.level", "read_committed"),
                        keys,
                        new ByteArrayDeserializer());
        partitions = Topics.partitions(Topics.changelog(application));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Kafka Streams makes it when it starts. */
    static void awaitCreated(Admin admin, String application) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!admin.listTopics().names().get().contains(Topics.changelog(application))) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("There is no " + Topics.changelog(application));
            }
            Thread.sleep(POLL);
        }
    }

    /** The last count of each row. */
    static Map<String, Long> last(String broker, String application) {
        Map<String, Long> rows = new HashMap<>();
        try (Changelog changelog = new Changelog(broker, application)) {
            Map<TopicPartition, Long> ends = changelog.consumer.endOffsets(changelog.partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> changelog.consumer.position(end.getKey()) < end.getValue())) {
                changelog.poll(rows::put);
            }
        }
        return rows;
    }

    /** Tells what has come, oldest first. */
    void poll(ObjLongConsumer<String> told) {
        for (ConsumerRecord<Windowed<String>, byte[]> one : consumer.poll(POLL)) {
            Windowed<String> row = one.key();
            told.accept(
                    Windows.counted(row.key(), row.window().startTime()),
                    ByteBuffer.wrap(one.value()).getLong());
        }
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
