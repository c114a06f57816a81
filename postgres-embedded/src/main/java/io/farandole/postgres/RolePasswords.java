package io.farandole.postgres;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;

/**
 * The passwords of one data directory's three roles: drawn once, kept beside the data for this
 * user's eyes only.
 */
record RolePasswords(Credentials owner, Credentials reader, Credentials gateway) {

    static final String DATABASE = "farandole";
    static final String HOST = "127.0.0.1";

    private static final String OWNER = "farandole_owner";
    private static final String READER = "farandole_reader";
    private static final String GATEWAY = "farandole_gateway";

    static RolePasswords drawn() {
        SecureRandom random = new SecureRandom();
        return new RolePasswords(
                new Credentials(OWNER, password(random)),
                new Credentials(READER, password(random)),
                new Credentials(GATEWAY, password(random)));
    }

    static Optional<RolePasswords> saved(Path file) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FILES,
                    "Cannot read "
                            + file
                            + "; run as the user who owns it, or delete it to have new passwords drawn.",
                    e);
        }
        String owner = properties.getProperty(OWNER);
        String reader = properties.getProperty(READER);
        String gateway = properties.getProperty(GATEWAY);
        // A directory of before there were three is given all anew.
        return owner == null || reader == null || gateway == null
                ? Optional.empty()
                : Optional.of(
                        new RolePasswords(
                                new Credentials(OWNER, owner),
                                new Credentials(READER, reader),
                                new Credentials(GATEWAY, gateway)));
    }

    void save(Path file) throws IOException {
        // Always under this name, so that what a killed process left does not pile up.
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(whole);
        Files.createFile(
                whole,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Properties properties = new Properties();
        properties.setProperty(OWNER, owner.password());
        properties.setProperty(READER, reader.password());
        properties.setProperty(GATEWAY, gateway.password());
        try (Writer out = Files.newBufferedWriter(whole)) {
            properties.store(out, "The roles of the Postgres in this directory");
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    PostgresEndpoint at(int port) {
        return new PostgresEndpoint(HOST, port, DATABASE, owner, reader, gateway);
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
