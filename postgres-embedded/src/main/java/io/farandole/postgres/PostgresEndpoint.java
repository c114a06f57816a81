package io.farandole.postgres;

import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a running Postgres is reached and as whom: the owner creates and writes, the reader sees
 * what it was granted, the gateway writes the one table that is its own.
 */
public record PostgresEndpoint(
        String host,
        int port,
        String database,
        Credentials owner,
        Credentials reader,
        Credentials gateway) {

    /** The Postgres that another process runs on this directory now, if one does. */
    public static Optional<PostgresEndpoint> of(Path directory) {
        Layout layout = Layout.of(directory);
        if (Postmaster.runningOn(layout.data()).isEmpty()) {
            return Optional.empty();
        }
        return FixedPort.saved(layout.port())
                .flatMap(
                        port ->
                                RolePasswords.saved(layout.credentials())
                                        .map(roles -> roles.at(port)));
    }

    /** Without user and password, so that it can be shown. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Unpooled connections of the owner. */
    public DataSource ownerDataSource() {
        return dataSource(owner);
    }

    /** Unpooled connections of the reader. */
    public DataSource readerDataSource() {
        return dataSource(reader);
    }

    private DataSource dataSource(Credentials credentials) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(credentials.user());
        source.setPassword(credentials.password());
        return source;
    }
}
