package io.farandole.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is committed stays, nobody comes in without a password, and nothing runs twice. */
class DurablePostgresIT {

    private static DurablePostgres shared;

    @TempDir Path directory;

    @BeforeAll
    static void startOneForTheTestsThatOnlyAsk() {
        shared = DurablePostgres.temporary();
    }

    @AfterAll
    static void stopIt() {
        shared.close();
    }

    @Test
    void showsItsSettingsDurable() throws SQLException {
        for (String setting :
                new String[] {
                    "fsync", "full_page_writes", "synchronous_commit", "data_checksums"
                }) {
            assertThat(ask(shared.ownerDataSource(), "show " + setting)).isEqualTo("on");
        }
        assertThat(ask(shared.ownerDataSource(), "show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask(shared.ownerDataSource(), "show server_version")).startsWith("18.");
    }

    @Test
    void keepsDataAndPortAndPasswordOverRestarts() throws SQLException {
        PostgresEndpoint before;
        try (var postgres = DurablePostgres.in(directory).start()) {
            run(
                    postgres.ownerDataSource(),
                    "create table kept (what text)",
                    "insert into kept values ('a row')");
            before = postgres.endpoint();
        }
        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThat(postgres.endpoint()).isEqualTo(before);
            assertThat(ask(postgres.ownerDataSource(), "select what from kept")).isEqualTo("a row");
        }
    }

    @Test
    void keepsWhatWasCommittedBeforeAKill() throws SQLException {
        try (var postgres = DurablePostgres.in(directory).start()) {
            run(postgres.ownerDataSource(), "create table kept as select 'a row' as what");
            int port = postgres.port();
            CompletableFuture<Void> gone = postgres.gone();
            try (Connection open = postgres.ownerDataSource().getConnection();
                    Statement statement = open.createStatement()) {
                open.setAutoCommit(false);
                statement.execute("insert into kept values ('never committed')");

                postgres.kill();
            } catch (SQLException _) {
                // The close of a connection whose server is dead.
            }
            assertThat(gone).succeedsWithin(Duration.ofSeconds(10));
            assertThat(postgres.isRunning()).isFalse();
            assertThat(PostgresEndpoint.of(directory)).isEmpty();

            postgres.restart();

            assertThat(postgres.port()).isEqualTo(port);
            assertThat(ask(postgres.ownerDataSource(), "select string_agg(what, ',') from kept"))
                    .isEqualTo("a row");
        }
    }

    @Test
    void refusesASecondStartOfTheSameDirectory() {
        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThatThrownBy(() -> DurablePostgres.in(directory).start())
                    .asInstanceOf(throwable(PostgresFault.class))
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by this very process")
                    .extracting(PostgresFault::reason)
                    .isEqualTo(PostgresFault.Reason.DIRECTORY_IN_USE);
            assertThat(postgres.isRunning()).isTrue();
        }
    }

    @Test
    void refusesSettingsThatLoseEvents() throws IOException {
        DurablePostgres.in(directory).start().close();
        Files.writeString(
                directory.resolve("data/postgresql.auto.conf"),
                "fsync = off\nsynchronous_commit = off\n",
                StandardOpenOption.APPEND);

        assertThatThrownBy(() -> DurablePostgres.in(directory).start())
                .asInstanceOf(throwable(PostgresFault.class))
                .hasMessageContaining("fsync = off, synchronous_commit = off")
                .hasMessageContaining("postgresql.auto.conf")
                .extracting(PostgresFault::reason)
                .isEqualTo(PostgresFault.Reason.NOT_DURABLE);
        assertThat(PostgresEndpoint.of(directory)).isEmpty();
    }

    @Test
    void namesThePortThatAnotherProgramTook() throws IOException {
        DurablePostgres.in(directory).start().close();
        int port = FixedPort.saved(directory.resolve("port")).orElseThrow();

        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> DurablePostgres.in(directory).start())
                    .asInstanceOf(throwable(PostgresFault.class))
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining(directory.resolve("port").toString())
                    .extracting(PostgresFault::reason)
                    .isEqualTo(PostgresFault.Reason.PORT_TAKEN);
        }
        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThat(postgres.port()).isEqualTo(port);
        }
    }

    @Test
    void letsNobodyInWithoutTheRightPassword() {
        String url = shared.jdbcUrl();
        assertThatThrownBy(() -> DriverManager.getConnection(url, "farandole_owner", "guessed"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> DriverManager.getConnection(url, "farandole_reader", ""))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "postgres"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("pg_hba.conf rejects");
    }

    @Test
    void readerReadsWhatItWasGrantedAndWritesNothing() throws SQLException {
        run(
                shared.ownerDataSource(),
                "create table lists (what text)",
                "insert into lists values ('first')");
        DataSource reader = shared.readerDataSource();
        assertThatThrownBy(() -> ask(reader, "select what from lists"))
                .hasMessageContaining("permission denied");

        run(shared.ownerDataSource(), "grant select on lists to farandole_reader");

        assertThat(ask(reader, "select what from lists")).isEqualTo("first");
        assertThatThrownBy(() -> run(reader, "insert into lists values ('second')"))
                .hasMessageContaining("read-only transaction");
        assertThatThrownBy(
                        () ->
                                run(
                                        reader,
                                        "set default_transaction_read_only = off; insert into lists values ('second')"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(
                        () ->
                                run(
                                        reader,
                                        "set session characteristics as transaction read write",
                                        "create table mine (a int)"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void drawsNewPasswordsWhenTheirFileIsLost() throws IOException, SQLException {
        Credentials lost;
        try (var postgres = DurablePostgres.in(directory).start()) {
            lost = postgres.owner();
        }
        Files.delete(directory.resolve("credentials.properties"));

        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThat(postgres.owner()).isNotEqualTo(lost);
            assertThat(ask(postgres.ownerDataSource(), "select current_user"))
                    .isEqualTo("farandole_owner");
            Credentials gateway = postgres.gateway();
            try (Connection connection =
                    DriverManager.getConnection(
                            postgres.jdbcUrl(), gateway.user(), gateway.password())) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void makesAnewWhatAnInterruptedStartLeftUnfinished() throws IOException, SQLException {
        Files.createDirectories(directory.resolve("data.unfinished/base"));
        Files.writeString(directory.resolve("data.unfinished/PG_VERSION"), "18");

        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThat(ask(postgres.ownerDataSource(), "select current_database()"))
                    .isEqualTo("farandole");
        }
    }

    @Test
    void startsOverAPidFileWhosePidBelongsToSomebodyElse() throws IOException, SQLException {
        DurablePostgres.in(directory).start().close();
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid()
                        + "\n"
                        + directory.resolve("data")
                        + "\n1700000000\n");

        assertThat(PostgresEndpoint.of(directory)).isEmpty();
        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThat(ask(postgres.ownerDataSource(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void isFoundFromOutsideWhileItRuns() {
        assertThat(PostgresEndpoint.of(directory)).isEmpty();
        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThat(PostgresEndpoint.of(directory)).contains(postgres.endpoint());
        }
        assertThat(PostgresEndpoint.of(directory)).isEmpty();
    }

    @Test
    void aTemporaryOneLeavesNothingBehind() {
        Path temporary;
        try (var postgres = DurablePostgres.temporary()) {
            temporary = postgres.directory();
            assertThat(temporary).isDirectory();
        }
        assertThat(temporary).doesNotExist();
    }

    static String ask(DataSource source, String question) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    static void run(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
