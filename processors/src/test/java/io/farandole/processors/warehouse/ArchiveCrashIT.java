package io.farandole.processors.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.Said;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that die at any moment of a landing: nothing is lost, nothing is doubled, counted by
 * plain SQL past the archive.
 */
class ArchiveCrashIT {

    private static final int EVENTS = Boolean.getBoolean("farandole.chaos") ? 8_000 : 800;
    private static final int MOST_LIVES = 60;
    private static final long SEED = Long.getLong("farandole.crash.seed", System.nanoTime());

    @TempDir private Path directory;

    /** What is in the file, and what should be. */
    private record Counted(
            Set<String> missing, long rows, long ids, long positions, long freshOfBatches) {}

    @Test
    void losesAndDoublesNothingWhenProcessesAreKilled() throws Exception {
        int deaths = liveUntilDone(EVENTS, false);

        Counted counted = counted(EVENTS);
        assertThat(deaths).as("deaths, seed " + SEED).isPositive();
        assertThat(counted.missing()).as("lost, seed " + SEED).isEmpty();
        assertThat(counted.rows()).as("rows, seed " + SEED).isEqualTo(EVENTS);
        assertThat(counted.ids()).isEqualTo(EVENTS);
        assertThat(counted.positions()).isEqualTo(EVENTS);
        assertThat(counted.freshOfBatches()).isEqualTo(EVENTS);
        assertThat(numbers("select sum(applied), sum(delivered - duplicate) from account"))
                .containsExactly((long) EVENTS, (long) EVENTS);
        assertThat(
                        numbers(
                                "select count(*) from (select position from raw) where position >"
                                        + " (select max(last_position) from batch)"))
                .containsExactly(0L);
    }

    @Test
    void theCountSeesThatALanderAcknowledgedTooEarly() throws Exception {
        liveUntilDone(1_000, true);

        assertThat(counted(1_000).missing()).as("lost, seed " + SEED).isNotEmpty();
    }

    /** How many died before one ended by itself. */
    private int liveUntilDone(int events, boolean acknowledgesFirst)
            throws IOException, InterruptedException {
        Random random = new Random(SEED);
        for (int deaths = 0; deaths < MOST_LIVES; deaths++) {
            Process process = process(events, random.nextLong(), acknowledgesFirst);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            if (process.exitValue() == 0) {
                return deaths;
            }
            assertThat(process.exitValue())
                    .as(Files.readString(directory.resolve("out")))
                    .isEqualTo(137);
        }
        throw new AssertionError("none lived long enough; seed " + SEED);
    }

    private Process process(int events, long seed, boolean acknowledgesFirst) throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        // The library that each unpacks, and leaves when it is killed.
        try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary)) {
            for (Path one : left) {
                Files.delete(one);
            }
        }
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        // It does not live long: no time is spent on making it fast.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-BytecodeVerificationRemote",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingLander.class.getName(),
                        directory.toString(),
                        Integer.toString(events),
                        Long.toString(seed),
                        Boolean.toString(acknowledgesFirst))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
    }

    private Counted counted(int events) throws SQLException {
        Set<String> missing = new HashSet<>();
        IntStream.rangeClosed(1, events)
                .forEach(
                        i ->
                                missing.add(
                                        Said.id(
                                                        TopicCatalogue.ACTIVITY,
                                                        Said.NOON.plusSeconds(i),
                                                        i)
                                                .toString()));
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select event_id from raw")) {
            while (rows.next()) {
                missing.remove(rows.getString(1));
            }
        }
        List<Long> counts =
                numbers(
                        "select count(*), count(distinct event_id), count(distinct position),"
                                + " (select sum(fresh) from batch) from raw");
        return new Counted(missing, counts.get(0), counts.get(1), counts.get(2), counts.get(3));
    }

    private List<Long> numbers(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            List<Long> numbers = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                numbers.add(row.getLong(i));
            }
            return numbers;
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:duckdb:" + directory.resolve("warehouse").resolve("warehouse.duckdb"));
    }
}
