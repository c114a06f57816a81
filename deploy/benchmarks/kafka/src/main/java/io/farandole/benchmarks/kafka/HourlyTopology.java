package io.farandole.benchmarks.kafka;

import io.farandole.benchmarks.counting.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.WindowStore;

/** Counts what each user looked at in each hour of event time, and may say each new count. */
final class HourlyTopology {

    static final String STORE = "views";

    /** Nothing comes too late. */
    private static final Duration GRACE = Duration.ofDays(365);

    private HourlyTopology() {}

    /**
     * @param application its id
     * @param course names the topics
     * @param directory for local state
     */
    static KafkaStreams streams(
            String broker,
            String application,
            String course,
            Path directory,
            boolean output,
            KafkaSettings setting) {
        StreamsBuilder builder = new StreamsBuilder();
        Materialized<String, Long, WindowStore<Bytes, byte[]>> store =
                Materialized.<String, Long, WindowStore<Bytes, byte[]>>as(STORE)
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long())
                        .withRetention(GRACE.plus(Windows.SIZE));
        KTable<Windowed<String>, Long> counts =
                builder.stream(
                                Topics.input(course),
                                Consumed.with(Serdes.String(), Serdes.ByteArray()))
                        .groupByKey(Grouped.with(Serdes.String(), Serdes.ByteArray()))
                        .windowedBy(TimeWindows.ofSizeAndGrace(Windows.SIZE, GRACE))
                        // Its cache would make one output of many inputs.
                        .count(output ? store.withCachingDisabled() : store);
        if (output) {
            counts.toStream()
                    .map(
                            (window, count) ->
                                    KeyValue.pair(
                                            window.key(),
                                            Windows.counted(
                                                            window.key(),
                                                            window.window().startTime())
                                                    + "="
                                                    + count))
                    .to(Topics.output(course), Produced.with(Serdes.String(), Serdes.String()));
        }
        return new KafkaStreams(builder.build(), settings(broker, application, directory, setting));
    }

    private static Properties settings(
            String broker, String application, Path directory, KafkaSettings setting) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, setting.threads());
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, setting.commitMillis());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, setting.sessionMillis());
        // Its own default is a fifteenth; of a shorter session it has to be less.
        settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.min(3_000, setting.sessionMillis() / 3));
        return settings;
    }
}
