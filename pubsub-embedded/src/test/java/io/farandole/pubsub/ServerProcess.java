package io.farandole.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A server in a JVM of its own, so that it can be killed. */
final class ServerProcess {

    private final Process process;
    final String endpoint;

    private ServerProcess(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static ServerProcess start(Path journal) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServerProcess.class.getName(),
                                journal.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        // what it prints later is never more than the pipe holds
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("endpoint ")) {
                return new ServerProcess(process, line.substring("endpoint ".length()));
            }
        }
        throw new IOException("the server did not start");
    }

    /** SIGKILL, as of kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] args) throws InterruptedException {
        EmbeddedPubSub server = EmbeddedPubSub.builder().journal(Path.of(args[0])).start();
        System.out.println("endpoint " + server.endpoint());
        new CountDownLatch(1).await();
    }
}
