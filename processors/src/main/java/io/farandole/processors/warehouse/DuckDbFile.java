package io.farandole.processors.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The warehouse's file, owned by this process as long as it is open. One connection writes; each
 * reading has its own, and sees what was committed when it began.
 */
final class DuckDbFile {

    /**
     * Bounds what DuckDB takes beside the heap: left alone, it is most of the machine. One thread,
     * for landing is small work that shares the cores with everybody.
     */
    private static final List<String> CONFIGURATION =
            List.of(
                    "set memory_limit = '256MB'",
                    "set threads = 1",
                    "set checkpoint_threshold = '64MB'",
                    "set autoinstall_known_extensions = false",
                    "set autoload_known_extensions = false",
                    "set lock_configuration = true");

    private static final List<String> TABLES =
            List.of(
                    """
                    create table if not exists raw (
                      position bigint not null,
                      batch bigint not null,
                      topic varchar not null,
                      identity uuid not null,
                      made timestamp not null,
                      event_id varchar not null,
                      source varchar not null,
                      key varchar not null,
                      sequence bigint,
                      publish_time timestamp not null,
                      publish_hour timestamp not null,
                      publish_day date not null,
                      event_time timestamp,
                      attributes varchar not null,
                      payload blob not null)
                    """,
                    """
                    create table if not exists batch (
                      id bigint not null,
                      landed_at timestamp not null,
                      delivered bigint not null,
                      fresh bigint not null,
                      last_position bigint not null)
                    """,
                    """
                    create table if not exists account (
                      topic varchar not null,
                      hour timestamp not null,
                      delivered bigint not null,
                      applied bigint not null,
                      duplicate bigint not null,
                      primary key (topic, hour))
                    """,
                    """
                    create table if not exists erasure (
                      key varchar primary key,
                      told_at varchar not null,
                      source varchar not null,
                      id varchar not null)
                    """);

    private final Path directory;
    private final Path file;
    private final OwnerLock lock;
    private @Nullable DuckDBConnection writer;

    private DuckDbFile(Path directory, OwnerLock lock) {
        this.directory = directory;
        this.file = directory.resolve("warehouse.duckdb");
        this.lock = lock;
    }

    /**
     * Makes it if it is not there.
     *
     * @throws IOException if another process owns it, or it cannot be opened
     */
    static DuckDbFile open(Path directory) throws IOException {
        Files.createDirectories(directory);
        OwnerLock lock = OwnerLock.take(directory);
        DuckDbFile opened = new DuckDbFile(directory, lock);
        try {
            opened.writer();
            return opened;
        } catch (SQLException e) {
            lock.close();
            throw new IOException(opened.file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The connection that writes, in a transaction of its own making; made again after trouble. */
    synchronized DuckDBConnection writer() throws SQLException {
        DuckDBConnection now = writer;
        if (now == null) {
            now = connect();
            writer = now;
        }
        return now;
    }

    /** A connection to read by, to be closed. */
    synchronized Connection reading() throws SQLException {
        return writer().duplicate();
    }

    /**
     * After trouble: what was not committed is gone. DuckDB answers nothing any more after some
     * faults until all connections are closed.
     */
    synchronized void letGo() throws SQLException {
        DuckDBConnection now = writer;
        writer = null;
        if (now != null) {
            now.close();
        }
    }

    long bytes() throws IOException {
        long bytes = 0;
        for (String name : List.of("warehouse.duckdb", "warehouse.duckdb.wal")) {
            Path one = directory.resolve(name);
            bytes += Files.exists(one) ? Files.size(one) : 0;
        }
        return bytes;
    }

    void close() throws IOException, SQLException {
        try {
            letGo();
        } finally {
            lock.close();
        }
    }

    private DuckDBConnection connect() throws SQLException {
        Connection connection =
                DriverManager.getConnection("jdbc:duckdb:" + file, new Properties());
        try (Statement statement = connection.createStatement()) {
            for (String setting : CONFIGURATION) {
                statement.execute(setting);
            }
            for (String table : TABLES) {
                statement.execute(table);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection.unwrap(DuckDBConnection.class);
    }
}
