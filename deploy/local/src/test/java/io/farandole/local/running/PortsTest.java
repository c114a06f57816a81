package io.farandole.local.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void takesAnyFreePortForZero() {
        Ports ports = new Ports(0, 0, 0).checked();
        assertThat(ports.api()).isPositive();
        assertThat(ports.management()).isPositive();
        assertThat(ports.pubsub()).isPositive();
    }

    @Test
    void saysWhichPortIsTakenByWhomAndWhatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatExceptionOfType(Failure.class)
                    .isThrownBy(() -> new Ports(port, 0, 0).checked())
                    .satisfies(
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ExitCode.IN_USE);
                                assertThat(failure)
                                        .hasMessageContaining("Port " + port + " (API) is taken")
                                        .hasMessageContaining("--api-port");
                            });
            assertThat(PortOwner.of(port))
                    .hasValueSatisfying(
                            owner ->
                                    assertThat(owner)
                                            .contains(
                                                    Long.toString(ProcessHandle.current().pid())));
        }
    }
}
