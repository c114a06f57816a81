package io.farandole.benchmarks.kafka;

import io.farandole.benchmarks.counting.Counting;
import io.farandole.benchmarks.counting.Course;
import io.farandole.benchmarks.counting.RebuildingCourse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** Kafka as it comes, on one machine. */
final class KafkaCounting implements Counting {

    private final Path directory;
    private final Broker broker;
    private final Admin admin;
    private int courses;

    KafkaCounting(Path directory) throws Exception {
        this.directory = directory;
        broker = Broker.start(directory.resolve("log"));
        admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
    }

    @Override
    public Course course(boolean output, String setting) throws Exception {
        courses++;
        return KafkaCourse.open(
                broker.address(),
                admin,
                "course" + courses,
                directory.resolve("state" + courses),
                output,
                KafkaSettings.parse(setting));
    }

    @Override
    public RebuildingCourse rebuilding(String setting) throws Exception {
        courses++;
        return KafkaCourse.open(
                broker.address(),
                admin,
                "course" + courses,
                directory.resolve("state" + courses),
                false,
                KafkaSettings.parse(setting));
    }

    /** Broker and processor are both here. */
    @Override
    public Stream<ProcessHandle> others() {
        return Stream.empty();
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
