package io.farandole.processors.warehouse;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB's driver unpacks its library, 70 MB, into the temporary directory and deletes it when the
 * process ends in peace; what killed processes left is deleted here.
 */
final class ExtractedLibraries {

    private static final Logger log = LoggerFactory.getLogger(ExtractedLibraries.class);

    /** A younger one may be about to be loaded; of a loaded one only the name is needed no more. */
    private static final Duration YOUNG = Duration.ofMinutes(5);

    private ExtractedLibraries() {}

    static void clear(Path temporary, Instant now) {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(temporary, "libduckdb_java*.so")) {
            for (Path one : left) {
                if (Files.getLastModifiedTime(one).toInstant().isBefore(now.minus(YOUNG))) {
                    Files.deleteIfExists(one);
                }
            }
        } catch (IOException e) {
            log.debug("Unpacked libraries of DuckDB stay in {}", temporary, e);
        }
    }
}
