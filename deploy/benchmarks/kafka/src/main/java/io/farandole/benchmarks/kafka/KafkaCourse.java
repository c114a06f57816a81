package io.farandole.benchmarks.kafka;

import io.farandole.benchmarks.counting.Awaiting;
import io.farandole.benchmarks.counting.Fact;
import io.farandole.benchmarks.counting.Payload;
import io.farandole.benchmarks.counting.RebuildingCourse;
import io.farandole.benchmarks.counting.Tally;
import io.farandole.benchmarks.counting.Workload;
import io.farandole.benchmarks.process.OtherJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Topics and an application of their own; to count anew is to run a second application. */
final class KafkaCourse implements RebuildingCourse {

    private static final Duration END = Duration.ofSeconds(30);

    private final String broker;
    private final Admin admin;
    private final String course;
    private final Path directory;
    private final boolean output;
    private final KafkaSettings setting;
    private final KafkaProducer<String, byte[]> producer;
    private final Optional<Outputs> outputs;
    private final AtomicReference<@Nullable Exception> unsent = new AtomicReference<>();
    private @Nullable KafkaStreams streams;
    private @Nullable KafkaStreams second;
    private long keptWhenAsked;

    private KafkaCourse(
            String broker,
            Admin admin,
            String course,
            Path directory,
            boolean output,
            KafkaSettings setting) {
        this.broker = broker;
        this.admin = admin;
        this.course = course;
        this.directory = directory;
        this.output = output;
        this.setting = setting;
        // With its own settings, as the live producer on the other side.
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker),
                        new StringSerializer(),
                        new ByteArraySerializer());
        outputs =
                output ? Optional.of(new Outputs(broker, Topics.output(course))) : Optional.empty();
    }

    static KafkaCourse open(
            String broker,
            Admin admin,
            String course,
            Path directory,
            boolean output,
            KafkaSettings setting)
            throws Exception {
        Topics.create(admin, course);
        return new KafkaCourse(broker, admin, course, directory, output, setting);
    }

    @Override
    public void publish(Iterator<Fact> facts) {
        facts.forEachRemaining(this::send);
        producer.flush();
        Exception why = unsent.get();
        if (why != null) {
            throw new IllegalStateException("A backlog was not published", why);
        }
    }

    @Override
    public void send(Fact fact) {
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                Topics.input(course),
                                null,
                                fact.time().toEpochMilli(),
                                fact.key(),
                                Payload.of(fact.number(), Workload.BYTES)
                                        .getBytes(StandardCharsets.US_ASCII)),
                        (_, failure) -> {
                            if (failure != null) {
                                unsent.compareAndSet(null, failure);
                            }
                        });
    }

    @Override
    public void start() {
        streams = started(Topics.application(course), directory);
    }

    private KafkaStreams started(String application, Path local) {
        KafkaStreams started =
                HourlyTopology.streams(broker, application, course, local, output, setting);
        started.start();
        return started;
    }

    @Override
    public Process startElsewhere() throws IOException {
        return OtherJvm.start(
                List.of("-Xmx1g", "-XX:+UseG1GC", "-Dlogback.configurationFile=kafka-logback.xml"),
                KafkaProcessor.class,
                List.of(
                        broker,
                        course,
                        directory.toString(),
                        Boolean.toString(output),
                        setting.text()));
    }

    @Override
    public void stop() {
        end(streams);
        streams = null;
        end(second);
        second = null;
    }

    private static void end(@Nullable KafkaStreams running) {
        if (running != null && !running.close(END)) {
            throw new IllegalStateException("Kafka Streams did not end");
        }
    }

    /** Offsets are committed in the very transaction that holds the counts. */
    @Override
    public long applied() throws Exception {
        return applied(Topics.application(course));
    }

    private long applied(String application) throws Exception {
        return admin
                .listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    @Override
    public long outputs() {
        return outputs.map(Outputs::received).orElse(0L);
    }

    @Override
    public Watch watch(Awaiting awaiting) throws Exception {
        Changelog.awaitCreated(admin, Topics.application(course));
        return new Watching(broker, Topics.application(course), awaiting);
    }

    @Override
    public void read(Tally tally) {
        Changelog.last(broker, Topics.application(course)).forEach(tally::found);
    }

    /** The topic itself is what is read. */
    @Override
    public long archived() throws Exception {
        return Topics.end(admin, course);
    }

    @Override
    public void rebuild() throws Exception {
        keptWhenAsked = archived();
        second = started(Topics.second(course), directory.resolve("anew"));
    }

    @Override
    public boolean isRead() throws Exception {
        return rebuilt() >= keptWhenAsked;
    }

    @Override
    public boolean isLevel() throws Exception {
        long first = applied();
        return rebuilt() >= first;
    }

    @Override
    public long rebuilt() throws Exception {
        return applied(Topics.second(course));
    }

    @Override
    public void readRebuilt(Tally tally) {
        Changelog.last(broker, Topics.second(course)).forEach(tally::found);
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            producer.close();
            outputs.ifPresent(Outputs::close);
            Topics.delete(admin, course);
        }
    }
}
