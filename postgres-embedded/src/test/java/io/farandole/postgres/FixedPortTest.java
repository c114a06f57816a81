package io.farandole.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port chosen free, kept, and never guessed from a broken file. */
class FixedPortTest {

    @TempDir Path directory;

    @Test
    void aChosenPortIsFree() {
        assertThat(FixedPort.isFree(FixedPort.choose())).isTrue();
    }

    @Test
    void aPortWithAListenerIsNotFree() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(FixedPort.isFree(other.getLocalPort())).isFalse();
        }
    }

    @Test
    void aBrokenPortFileIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("port"), "many");

        assertThatThrownBy(() -> FixedPort.saved(file))
                .isInstanceOf(PostgresFault.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete it");
    }
}
