package io.farandole.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which archive a machine gets, and that it is unpacked once. */
class BinariesTest {

    @Test
    void namesTheArchiveOfEachMachine() {
        assertThat(Binaries.archive("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(Binaries.archive("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(Binaries.archive("Mac OS X", "x86_64")).isEqualTo("postgres-darwin-x86_64.txz");
        assertThat(Binaries.archive("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64.txz");
    }

    @Test
    void unpacksOnceAndRunnable() {
        Path first = Binaries.unpacked();
        Path second = Binaries.unpacked();

        assertThat(second).isEqualTo(first);
        assertThat(Files.isExecutable(first.resolve("bin/postgres"))).isTrue();
    }

    @Test
    void clearsWhatKilledProcessesLeftOfIt(@TempDir Path cache) throws IOException {
        Path old = cache.resolve("unfinished-1");
        Files.createDirectories(old.resolve("bin"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        Path atWork = Files.createDirectory(cache.resolve("unfinished-2"));
        Path whole = Files.createDirectory(cache.resolve("postgres-1"));
        Files.setLastModifiedTime(whole, FileTime.from(Instant.EPOCH));

        Binaries.clearLeftovers(cache);

        assertThat(cache).isDirectoryNotContaining(old::equals);
        assertThat(atWork).exists();
        assertThat(whole).exists();
    }
}
