package io.farandole.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PubsubCommandTest {

    @TempDir Path home;

    private final List<Running> started = new ArrayList<>();

    /** A command in a thread, which an interrupt ends as Ctrl-C does. */
    private static final class Running {

        private final StringWriter out = new StringWriter();
        private final StringWriter err = new StringWriter();
        private final FutureTask<Integer> status;
        private final Thread thread;

        private Running(String... arguments) {
            CommandLine line = FarandoleCommand.line();
            line.setOut(new PrintWriter(out));
            line.setErr(new PrintWriter(err));
            status = new FutureTask<>(() -> line.execute(arguments));
            thread = Thread.ofPlatform().start(status);
        }

        private JsonNode document() {
            await().until(() -> status.isDone() || out.toString().endsWith("}\n"));
            assertThat(err.toString()).contains("export PUBSUB_EMULATOR_HOST=127.0.0.1:");
            return JsonMapper.shared().readTree(out.toString());
        }

        private int end() throws Exception {
            thread.interrupt();
            return status();
        }

        private int status() throws Exception {
            return status.get(30, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void end() throws Exception {
        for (Running running : started) {
            running.end();
        }
    }

    @Test
    void servesUntilItIsEndedAndKeepsWhatItsJournalHolds() throws Exception {
        String journal = home.resolve("journal").toString();
        Running first = start("pubsub", "--port", "0", "--journal", journal, "--json");
        JsonNode said = first.document();
        assertThat(said.path("journal").asString()).isEqualTo(journal);
        String endpoint = said.path("environment").path("PUBSUB_EMULATOR_HOST").asString();
        assertThat(endpoint).isEqualTo("127.0.0.1:" + said.path("port").asInt());
        ask(
                endpoint,
                topics ->
                        topics.createTopic(
                                Topic.newBuilder().setName("projects/p/topics/news").build()));
        assertThat(first.end()).isZero();

        Running second = start("pubsub", "--port", "0", "--journal", journal, "--json");
        assertThat(topics(second)).isEqualTo(1);
    }

    @Test
    void forgetsWhatHasNoJournal() {
        Running running = start("pubsub", "--port", "0", "--json");
        assertThat(running.document().path("journal").isNull()).isTrue();
        assertThat(topics(running)).isZero();
    }

    @Test
    void refusesATakenPortInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Running refused = start("pubsub", "--port", port);
            assertThat(refused.status()).isEqualTo(5);
            assertThat(refused.err.toString())
                    .contains("Port " + port + " is taken", "another port with --port")
                    .hasLineCount(1);
        }
    }

    @Test
    void refusesWhatDoesNotFitInTheJournal() {
        Running running =
                start(
                        "pubsub",
                        "--port",
                        "0",
                        "--json",
                        "--journal-limit",
                        "1MB",
                        "--journal",
                        home.toString());
        String endpoint = running.document().path("endpoint").asString();
        PublishRequest tooMuch =
                PublishRequest.newBuilder()
                        .setTopic("projects/p/topics/news")
                        .addMessages(
                                PubsubMessage.newBuilder()
                                        .setData(ByteString.copyFrom(new byte[1_100_000])))
                        .build();
        assertThatThrownBy(
                        () ->
                                ask(
                                        endpoint,
                                        topics -> {
                                            var _ =
                                                    topics.createTopic(
                                                            Topic.newBuilder()
                                                                    .setName(
                                                                            "projects/p/topics/news")
                                                                    .build());
                                            return topics.publish(tooMuch);
                                        }))
                .hasMessageContaining("RESOURCE_EXHAUSTED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--journal-limit 2GB",
                "--journal there --journal-limit much",
                "--journal there --journal-limit 10",
                "--journal there --journal-limit 0MB"
            })
    void refusesALimitThatIsNone(String words) throws Exception {
        Running refused = start(("pubsub --port 0 " + words).split(" "));
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err.toString()).contains("--journal-limit");
    }

    @Test
    void refusesADirectoryInUseInOneLine() throws Exception {
        String journal = home.toString();
        start("pubsub", "--port", "0", "--journal", journal, "--json").document();
        Running refused = start("pubsub", "--port", "0", "--journal", journal);
        assertThat(refused.status()).isEqualTo(5);
        assertThat(refused.err.toString()).contains(journal, "is in use by").hasLineCount(1);
    }

    @Test
    void refusesAJournalThatCannotBeWrittenInOneLine() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "no directory");
        Running refused = start("pubsub", "--port", "0", "--journal", file.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err.toString()).contains(file.toString()).hasLineCount(1);
    }

    private Running start(String... arguments) {
        Running running = new Running(arguments);
        started.add(running);
        return running;
    }

    private static int topics(Running running) {
        return ask(
                running.document().path("endpoint").asString(),
                topics ->
                        topics.listTopics(
                                        ListTopicsRequest.newBuilder()
                                                .setProject("projects/p")
                                                .build())
                                .getTopicsCount());
    }

    private static <T> T ask(
            String endpoint, Function<PublisherGrpc.PublisherBlockingStub, T> question) {
        ManagedChannel channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
        try {
            return question.apply(PublisherGrpc.newBlockingStub(channel));
        } finally {
            channel.shutdownNow();
        }
    }
}
