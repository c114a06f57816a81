package io.farandole.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.postgresql.util.PasswordUtil;

/**
 * The data on disk: made once, whole or not at all, with the three roles and the database that the
 * application uses.
 */
final class Cluster {

    private static final String SETTINGS = "farandole.conf";

    private final Layout layout;
    private final PostgresProgram program;

    Cluster(Layout layout, PostgresProgram program) {
        this.layout = layout;
        this.program = program;
    }

    /**
     * The passwords of the roles, after making whatever of cluster, roles and passwords is not
     * there yet.
     */
    RolePasswords ensure() {
        try {
            if (Files.notExists(layout.data())) {
                return create();
            }
            var saved = RolePasswords.saved(layout.credentials());
            if (saved.isPresent()) {
                return saved.get();
            }
            RolePasswords drawn = RolePasswords.drawn();
            maintain(layout.data(), createGateway() + setPasswords(drawn));
            drawn.save(layout.credentials());
            return drawn;
        } catch (IOException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FILES, "Cannot write to " + layout.directory(), e);
        }
    }

    void configure(int port) {
        configure(layout.data(), port);
    }

    private RolePasswords create() throws IOException {
        Path unfinished = layout.unfinished();
        Trees.delete(unfinished);
        // The builtin locale compares by code point: the same order on every machine, no ICU, and a
        // quicker initdb.
        program.runOrFail(
                "initdb",
                List.of(
                        "--pgdata=" + unfinished,
                        "--username=postgres",
                        "--auth=reject",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--data-checksums",
                        "--no-sync",
                        "--no-instructions"));
        Files.writeString(
                unfinished.resolve("postgresql.conf"),
                "\ninclude = '" + SETTINGS + "'\n",
                StandardOpenOption.APPEND);
        Files.writeString(
                unfinished.resolve("pg_hba.conf"),
                """
                # Nobody is trusted, and the superuser never comes in over the network.
                host all postgres all reject
                local all all scram-sha-256
                host all all 127.0.0.1/32 scram-sha-256
                """);
        configure(unfinished, FixedPort.choose());
        RolePasswords drawn = RolePasswords.drawn();
        maintain(unfinished, createRoles() + createGateway() + setPasswords(drawn), "-F");
        drawn.save(layout.credentials());
        sync(unfinished);
        Files.move(unfinished, layout.data(), StandardCopyOption.ATOMIC_MOVE);
        Trees.syncNames(layout.directory());
        return drawn;
    }

    /** All that was written so far, at once in place of a thousand files one by one on the way. */
    private void sync(Path data) {
        List<String> command = new ArrayList<>(List.of("--sync-only", "--pgdata=" + data));
        if (!onMac()) {
            command.add("--sync-method=syncfs");
        }
        program.runOrFail("initdb", command);
    }

    private static boolean onMac() {
        return System.getProperty("os.name", "").startsWith("Mac");
    }

    private static void configure(Path data, int port) {
        String system =
                System.getProperty("os.name", "").startsWith("Mac")
                        // A plain fsync leaves the data in the drive's own cache there.
                        ? "wal_sync_method = fsync_writethrough\n"
                        : "";
        try (InputStream settings =
                Objects.requireNonNull(Cluster.class.getResourceAsStream(SETTINGS))) {
            String common = new String(settings.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(data.resolve(SETTINGS), common + system + "port = " + port + "\n");
        } catch (IOException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FILES, "Cannot write " + data.resolve(SETTINGS), e);
        }
    }

    private static String createRoles() {
        return """
               create role farandole_owner login in role pg_monitor
               create role farandole_reader login
               alter role farandole_reader set default_transaction_read_only = on
               create database farandole owner farandole_owner
               revoke all on database farandole from public
               grant connect on database farandole to farandole_reader
               """;
    }

    /** Also where the others were made before there was this one. */
    private static String createGateway() {
        return """
               do $$ begin if not exists (select from pg_roles where rolname = 'farandole_gateway') then create role farandole_gateway login; end if; end $$
               grant connect on database farandole to farandole_gateway
               """;
    }

    // Verifiers in place of passwords: a statement may end up in a log.
    private static String setPasswords(RolePasswords passwords) {
        return setPassword(passwords.owner())
                + setPassword(passwords.reader())
                + setPassword(passwords.gateway());
    }

    private static String setPassword(Credentials role) {
        try {
            String verifier =
                    PasswordUtil.encodePassword(
                            role.user(), role.password().toCharArray(), "scram-sha-256");
            return "alter role " + role.user() + " password '" + verifier + "'\n";
        } catch (SQLException e) {
            throw new IllegalStateException("scram-sha-256 is not available in this JVM", e);
        }
    }

    /** Statements, one a line, in the single-user mode that needs neither a port nor a password. */
    private void maintain(Path data, String statements, String... options) {
        List<String> command = new ArrayList<>(List.of("--single", "-D", data.toString()));
        command.addAll(List.of(options));
        command.add("postgres");
        var outcome = program.run("postgres", command, statements);
        if (outcome.status() != 0
                || outcome.output().contains("ERROR:")
                || outcome.output().contains("FATAL:")) {
            throw new PostgresFault(
                    PostgresFault.Reason.DID_NOT_START,
                    "The roles in " + data + " could not be made:\n" + outcome.output().strip());
        }
    }
}
