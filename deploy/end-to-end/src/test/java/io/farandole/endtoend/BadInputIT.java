package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import io.farandole.endtoend.SharedInstallation.Stage;
import io.farandole.local.asking.Api;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bad input is refused with place and reason, wherever it comes in; its good neighbours count. */
@ExtendWith(SharedInstallation.class)
class BadInputIT {

    private final Installation installation;

    @TempDir Path directory;

    BadInputIT(Stage stage) {
        installation = stage.installation();
    }

    @Test
    void putsAsideWhatIsNoEventOnATopic() throws Exception {
        String good = "good-" + System.nanoTime();
        String outOfRange = "out-of-range-" + System.nanoTime();
        String nameless = "nameless-" + System.nanoTime();
        publish(
                rating(outOfRange, "topic-user", 7),
                withoutSource(nameless),
                PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("{}")).build(),
                rating(good, "topic-user", 5));
        awaitHad("topic-user", good);
        assertThat(refusal(outOfRange))
                .hasValueSatisfying(
                        letter -> {
                            assertThat(letter.place()).contains("$.rated.value");
                            assertThat(letter.reason()).contains("7");
                        });
        assertThat(refusal(nameless))
                .hasValueSatisfying(letter -> assertThat(letter.place()).contains("ce-source"));
        installation.awaitRest();
    }

    /** The topic has the contract as its schema: who publishes is told place and reason. */
    @Test
    void refusesAtTheTopicWhatBreaksTheContract() throws Exception {
        assertThatThrownBy(() -> publish(noEvent("{")))
                .hasStackTraceContaining("Message failed schema validation")
                .hasStackTraceContaining("line 1, column 2");
        assertThatThrownBy(() -> publish(noEvent("{\"rated\":{\"value\":\"five\"}}")))
                .hasStackTraceContaining("$.rated.value")
                .hasStackTraceContaining("five");
        assertThatThrownBy(() -> publish(noEvent("{\"rated\":{\"stars\":5}}")))
                .hasStackTraceContaining("$.rated.stars");
        installation.awaitRest();
    }

    @Test
    void answersWhatIsWrongWithAPostedEvent() throws Exception {
        HttpResponse<String> answer =
                post(
                        "application/cloudevents+json",
                        event("posted-bad", "post-user", "movie-1", "\"five\""));
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("errors").toString()).contains("value");
    }

    @Test
    void takesTheGoodOnesOfAPostedBatch() throws Exception {
        String good = "batched-" + System.nanoTime();
        HttpResponse<String> answer =
                post(
                        "application/cloudevents-batch+json",
                        "["
                                + event("batched-bad", "batch-user", "movie-1", "9")
                                + ","
                                + event(good, "batch-user", "movie-2", "5")
                                + "]");
        assertThat(answer.statusCode()).isEqualTo(207);
        JsonNode receipt = JsonMapper.shared().readTree(answer.body());
        assertThat(receipt.path("accepted").asInt()).isEqualTo(1);
        assertThat(receipt.path("refused").asInt()).isEqualTo(1);
        assertThat(receipt.path("events").path(0).path("reason").asString("")).isNotBlank();
        assertThat(receipt.path("events").path(0).path("place").asString("")).contains("value");
        awaitHad("batch-user", good);
        installation.awaitRest();
    }

    @Test
    void importsTheGoodLinesAroundABadOne() throws Exception {
        Path dataSet = Files.createDirectory(directory.resolve("ml-broken"));
        Files.writeString(
                dataSet.resolve("movies.csv"),
                "movieId,title,genres\n900001,Broken Neighbours (2026),Comedy\n");
        Files.writeString(
                dataSet.resolve("ratings.csv"),
                """
                userId,movieId,rating,timestamp
                900005,900001,4.0,847434962
                5,39,3.0,84743496 http://x
                900006,900001,3.0,847434963
                """);
        Said said = installation.run("import", dataSet.toString());
        assertThat(said.exitCode()).isEqualTo(6);
        assertThat(said.out())
                .contains("ratings.csv:3: timestamp is '84743496 http://x'")
                .contains("Refused 1 lines");
        awaitHad("900005", "rating-900005-900001");
        awaitHad("900006", "rating-900006-900001");
        installation.awaitRest();
    }

    private void awaitHad(String user, String cause) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () ->
                                database()
                                                .sql(
                                                        "select count(*) from profile.items where value"
                                                                + " ->> 'user' = ? and value -> 'causedBy' ->>"
                                                                + " 'id' = ?")
                                                .params(user, cause)
                                                .query(Long.class)
                                                .single()
                                        == 1);
    }

    /** Why and where a message was refused. */
    private record Refusal(String place, String reason) {}

    private Optional<Refusal> refusal(String id) {
        return database()
                .sql(
                        "select place, reason from streams.dead_letter where attributes ->> 'ce-id' = ?"
                                + " and status = 'OPEN'")
                .param(id)
                .query((row, _) -> new Refusal(row.getString(1), row.getString(2)))
                .optional();
    }

    private JdbcClient database() {
        return installation.tables().client();
    }

    private HttpResponse<String> post(String type, String body) throws Exception {
        try (Api api = new Api(installation.ports());
                HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(api.events())
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static String event(String id, String user, String offer, String value) {
        return """
        {"specversion":"1.0","id":"%s","source":"story","type":"io.farandole.interactions.rated.v1",\
        "data":{"user":"%s","offer":"%s","value":%s}}"""
                .formatted(id, user, offer, value);
    }

    private static PubsubMessage rating(String id, String user, int value) {
        return withoutSource(id).toBuilder()
                .putAttributes("ce-source", "story")
                .setData(
                        ByteString.copyFromUtf8(
                                "{\"rated\":{\"user\":\""
                                        + user
                                        + "\",\"offer\":\"movie-1\",\"value\":"
                                        + value
                                        + "}}"))
                .build();
    }

    private static PubsubMessage noEvent(String data) {
        return rating("no-event-" + System.nanoTime(), "topic-user", 5).toBuilder()
                .setData(ByteString.copyFromUtf8(data))
                .build();
    }

    private static PubsubMessage withoutSource(String id) {
        return PubsubMessage.newBuilder()
                .putAttributes("ce-specversion", "1.0")
                .putAttributes("ce-id", id)
                .putAttributes("ce-type", "io.farandole.interactions.rated.v1")
                .putAttributes("ce-time", Instant.now().toString())
                .setData(
                        ByteString.copyFromUtf8(
                                "{\"rated\":{\"user\":\"u\",\"offer\":\"movie-1\",\"value\":3}}"))
                .build();
    }

    private void publish(PubsubMessage... messages) throws Exception {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(installation.pubsubAddress())
                        .usePlaintext()
                        .build();
        Publisher publisher = publisher(channel);
        try {
            List<ApiFuture<String>> acknowledgements = new ArrayList<>();
            for (PubsubMessage message : messages) {
                acknowledgements.add(publisher.publish(message));
            }
            ApiFutures.allAsList(acknowledgements).get();
        } finally {
            publisher.shutdown();
            channel.shutdownNow();
        }
    }

    private static Publisher publisher(ManagedChannel channel) throws IOException {
        return Publisher.newBuilder(TopicName.of("farandole-local", "interactions"))
                .setChannelProvider(
                        FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build();
    }
}
