package io.farandole.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * Postgres' programs for this machine: unpacked from the class path once a user and release, shared
 * by all runs.
 */
final class Binaries {

    private static final Logger log = LoggerFactory.getLogger(Binaries.class);
    private static final String UNFINISHED = "unfinished-";
    // Unpacking takes seconds.
    private static final Duration LONG_AGO = Duration.ofHours(1);
    private static final Set<String> PROGRAMS = Set.of("initdb", "pg_ctl", "postgres");

    private Binaries() {}

    static Path unpacked() {
        String archive =
                archive(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        URL resource = Binaries.class.getResource("/" + archive);
        if (resource == null) {
            throw new PostgresFault(
                    PostgresFault.Reason.UNSUPPORTED_MACHINE,
                    "There is no "
                            + archive
                            + " on the class path. Farandole ships an embedded Postgres for Linux and"
                            + " macOS on x86-64 and ARM; elsewhere, give it the address of a Postgres of your own.");
        }
        try {
            URLConnection connection = resource.openConnection();
            Path cache = UserCache.directory();
            clearLeftovers(cache);
            Path unpacked =
                    cache.resolve(archive.replace(".txz", "") + "-" + fingerprint(connection));
            if (Files.notExists(unpacked)) {
                unpack(connection, unpacked);
            }
            return unpacked;
        } catch (IOException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FILES,
                    "Cannot unpack Postgres into " + UserCache.directory(),
                    e);
        }
    }

    static String archive(String os, String architecture) {
        String system =
                os.toLowerCase(Locale.ROOT).startsWith("mac")
                        ? "darwin"
                        : os.toLowerCase(Locale.ROOT);
        String machine =
                switch (architecture) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> architecture;
                };
        return "postgres-" + system.replace(' ', '_') + "-" + machine + ".txz";
    }

    // The archive's name has no version; the jar's own checksum tells releases apart without
    // reading 15 MB.
    private static String fingerprint(URLConnection connection) throws IOException {
        return connection instanceof JarURLConnection jar
                ? Long.toHexString(jar.getJarEntry().getCrc())
                : Long.toHexString(connection.getContentLengthLong());
    }

    /**
     * Into a directory of our own first: whoever is first to rename wins, and nobody ever sees half
     * of it.
     */
    private static void unpack(URLConnection connection, Path unpacked) throws IOException {
        long start = System.nanoTime();
        Path unfinished = Files.createTempDirectory(unpacked.getParent(), UNFINISHED);
        try {
            try (InputStream in = connection.getInputStream();
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
                for (TarArchiveEntry entry = tar.getNextEntry();
                        entry != null;
                        entry = tar.getNextEntry()) {
                    write(tar, entry, unfinished);
                }
            }
            Files.move(unfinished, unpacked, StandardCopyOption.ATOMIC_MOVE);
            log.info(
                    "Unpacked Postgres into {} in {} ms",
                    unpacked,
                    (System.nanoTime() - start) / 1_000_000);
        } catch (FileSystemException e) {
            if (Files.notExists(unpacked)) {
                throw e;
            }
        } finally {
            Trees.delete(unfinished);
        }
    }

    /** What processes left that were killed while they unpacked. */
    static void clearLeftovers(Path cache) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(LONG_AGO));
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(cache, UNFINISHED + "*")) {
            for (Path leftover : leftovers) {
                if (Files.getLastModifiedTime(leftover).compareTo(limit) < 0) {
                    Trees.delete(leftover);
                    log.info("Cleared {}, which a killed process had left", leftover);
                }
            }
        } catch (DirectoryIteratorException | FileSystemException e) {
            // Somebody else clears it too, or it stays; either way Postgres runs.
            log.debug("Could not clear what killed processes left in {}", cache, e);
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
            throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException(
                    "The archive's entry " + entry.getName() + " points outside of it");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, target);
            if (PROGRAMS.contains(String.valueOf(target.getFileName()))
                    && !target.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + target + " executable");
            }
        }
    }
}
