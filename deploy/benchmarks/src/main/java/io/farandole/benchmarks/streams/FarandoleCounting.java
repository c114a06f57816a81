package io.farandole.benchmarks.streams;

import io.farandole.benchmarks.counting.Counting;
import io.farandole.benchmarks.counting.Course;
import io.farandole.benchmarks.counting.RebuildingCourse;
import io.farandole.benchmarks.streams.Connections.Place;
import io.farandole.postgres.DurablePostgres;
import io.farandole.pubsub.EmbeddedPubSub;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Ours as it runs on a laptop: an embedded Pub/Sub that keeps a journal, a durable Postgres. */
final class FarandoleCounting implements Counting {

    private final Path directory;
    private final EmbeddedPubSub pubsub;
    private final DurablePostgres postgres;
    private int courses;

    /**
     * @param directory for the journal, and for archives
     */
    FarandoleCounting(Path directory) {
        this.directory = directory;
        pubsub = EmbeddedPubSub.builder().journal(directory.resolve("journal")).start();
        try {
            postgres = DurablePostgres.temporary();
        } catch (RuntimeException e) {
            pubsub.close();
            throw e;
        }
    }

    @Override
    public Course course(boolean output, String setting) throws Exception {
        return FarandoleCourse.open(nextPlace(), output, CountingSettings.parse(setting));
    }

    @Override
    public RebuildingCourse rebuilding(String setting) throws Exception {
        Place place = nextPlace();
        return FarandoleRebuilding.open(
                place, CountingSettings.parse(setting), directory.resolve(place.project()));
    }

    private Place nextPlace() {
        courses++;
        return new Place(
                postgres.jdbcUrl(),
                postgres.owner().user(),
                postgres.owner().password(),
                pubsub.endpoint(),
                "course-" + courses);
    }

    /** Postgres: the server, and what it started for itself and for each connection. */
    @Override
    public Stream<ProcessHandle> others() throws SQLException {
        try (Connection connection = postgres.ownerDataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select pg_backend_pid()");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            ProcessHandle server =
                    ProcessHandle.of(rows.getLong(1))
                            .flatMap(ProcessHandle::parent)
                            .orElseThrow(
                                    () -> new IllegalStateException("Postgres is not seen here"));
            return Stream.concat(Stream.of(server), server.descendants());
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } finally {
            pubsub.close();
        }
    }
}
