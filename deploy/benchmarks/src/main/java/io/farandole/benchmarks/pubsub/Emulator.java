package io.farandole.benchmarks.pubsub;

import io.farandole.benchmarks.process.OtherJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Google's emulator, as gcloud starts it, on the JVM that runs ours. */
public final class Emulator implements Server {

    private final String name;
    private final Process process;
    private final String endpoint;
    private final double startMillis;

    private Emulator(Path jar, Path log) throws IOException, InterruptedException {
        name =
                "emulator "
                        + String.valueOf(jar.getFileName())
                                .replaceAll("^.*?([0-9]+(?:\\.[0-9]+)*).*$", "$1");
        int port = freePort();
        endpoint = "127.0.0.1:" + port;
        long before = System.nanoTime();
        process =
                new ProcessBuilder(
                                OtherJvm.java(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-jar",
                                jar.toString(),
                                "--host=127.0.0.1",
                                "--port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        boolean answering = false;
        try (Client client = new Client(endpoint)) {
            client.awaitAnswer(process);
            answering = true;
        } finally {
            if (!answering) {
                process.destroyForcibly();
            }
        }
        startMillis = (System.nanoTime() - before) / 1e6;
    }

    /**
     * @param log where what it says goes
     */
    public static Emulator start(Path jar, Path log) throws IOException, InterruptedException {
        return new Emulator(jar, log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public double startMillis() {
        return startMillis;
    }

    @Override
    public void close() {
        process.destroy();
        var _ = process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
