package io.farandole.pubsub.conformance;

import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.PublisherGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Google's emulator, as a process of ours; it has no clock but the machine's. */
final class EmulatorSubject implements Subject {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private final Process process;
    private final ManagedChannel channel;

    EmulatorSubject(EmulatorJar jar) {
        int port = freePort();
        try {
            process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-jar",
                                    jar.path().toString(),
                                    "--host=127.0.0.1",
                                    "--port=" + port)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be started", e);
        }
        channel =
                ManagedChannelBuilder.forTarget("127.0.0.1:" + port)
                        .usePlaintext()
                        .maxInboundMessageSize(64 << 20)
                        .build();
        await("the emulator to answer")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(
                        () ->
                                PublisherGrpc.newBlockingStub(channel)
                                                .withDeadlineAfter(2, TimeUnit.SECONDS)
                                                .listTopics(
                                                        ListTopicsRequest.newBuilder()
                                                                .setProject("projects/ready")
                                                                .build())
                                                .getTopicsCount()
                                        == 0);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port", e);
        }
    }

    @Override
    public ManagedChannel channel() {
        return channel;
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public void pass(Duration time) {
        if (time.compareTo(LONGEST_WAIT) > 0) {
            throw new TestAbortedException("it would take " + time + " of real time");
        }
        await().atMost(time.plusSeconds(10)).pollDelay(time).until(() -> true);
    }

    @Override
    public void restart() {
        throw new TestAbortedException("the emulator keeps nothing");
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration settled() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
