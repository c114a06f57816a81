package io.farandole.benchmarks.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** What belongs to a course on the broker. */
final class Topics {

    static final int PARTITIONS = 4;

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Topics() {}

    /** The application that counts on a course. */
    static String application(String course) {
        return "hourly-" + course;
    }

    /** The one that counts all anew beside it. */
    static String second(String course) {
        return "hourly-anew-" + course;
    }

    static String input(String course) {
        return "activity-" + course;
    }

    static String output(String course) {
        return "counts-" + course;
    }

    /** What Kafka Streams writes of its state, to restore it from. */
    static String changelog(String application) {
        return application + "-" + HourlyTopology.STORE + "-changelog";
    }

    /**
     * Returns when the broker answers for each partition. A producer that is earlier may see its
     * first batch refused and its second taken, and then repeats the first in vain.
     */
    static void create(Admin admin, String course) throws Exception {
        admin.createTopics(
                        List.of(
                                new NewTopic(input(course), PARTITIONS, (short) 1),
                                new NewTopic(output(course), PARTITIONS, (short) 1)))
                .all()
                .get();
        Map<TopicPartition, OffsetSpec> latest =
                Stream.of(input(course), output(course))
                        .flatMap(topic -> partitions(topic).stream())
                        .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answered(admin, latest)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("The broker does not know " + input(course));
            }
            Thread.sleep(LOOK);
        }
    }

    private static boolean answered(Admin admin, Map<TopicPartition, OffsetSpec> asked)
            throws ExecutionException, InterruptedException {
        try {
            var _ = admin.listOffsets(asked).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    /** How many events were published on it, all told. */
    static long end(Admin admin, String course) throws Exception {
        return admin
                .listOffsets(
                        partitions(input(course)).stream()
                                .collect(
                                        Collectors.toMap(
                                                Function.identity(), _ -> OffsetSpec.latest())))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    static void delete(Admin admin, String course) {
        try {
            Set<String> there = admin.listTopics().names().get();
            List<String> own = new ArrayList<>(List.of(input(course), output(course)));
            Stream.of(application(course), second(course))
                    .map(Topics::changelog)
                    .filter(there::contains)
                    .forEach(own::add);
            admin.deleteTopics(own).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topics of " + course + " stay", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }
}
