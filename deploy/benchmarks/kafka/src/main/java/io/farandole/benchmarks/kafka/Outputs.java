package io.farandole.benchmarks.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what the processor says, once it is committed. */
final class Outputs implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AtomicLong received = new AtomicLong();
    private final Thread thread;

    Outputs(String broker, String topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker, "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions = Topics.partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = Thread.ofPlatform().name("outputs").start(this::read);
    }

    private void read() {
        try (consumer) {
            while (true) {
                received.addAndGet(consumer.poll(POLL).count());
            }
        } catch (WakeupException _) {
            // Closed.
        }
    }

    long received() {
        return received.get();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
