package io.farandole.processors.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.processors.TownInteractions;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.training.Training;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelServerTest {

    private final TrainedModel model =
            Training.train(ModelSpec.parse("ease:lambda=20"), TownInteractions.of(4, 40, 40, 8));
    private final HttpClient http = HttpClient.newHttpClient();
    private ModelServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ModelServer(model, 0);
    }

    @AfterEach
    void end() {
        server.close();
        http.close();
    }

    @Test
    void answersAsTheModelDoes() throws Exception {
        var expected = model.fold(Map.of("film-1", 1.0, "film-5", 1.0)).bestItems(3);

        HttpResponse<String> answer =
                post("{\"instances\":[{\"history\":{\"film-1\":1,\"film-5\":1.0},\"k\":3.0}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"predictions\":[{\"items\":[\""
                                + String.join("\",\"", expected)
                                + "\"]}]}");
    }

    @Test
    void saysWhatItExpects() throws Exception {
        for (String wrong :
                new String[] {
                    "",
                    "{}",
                    "{\"instances\":[{}]}",
                    "{\"instances\":[{\"history\":{},\"k\":0}]}",
                    "{\"instances\":[{\"history\":{\"film-1\":\"much\"},\"k\":1}]}"
                }) {
            HttpResponse<String> answer = post(wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(answer.body()).contains("expected {");
        }
    }

    @Test
    void isAlive() throws Exception {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(uri(ModelServer.HEALTH)).build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotStartWithoutAModel() throws Exception {
        ByteArrayOutputStream words = new ByteArrayOutputStream();

        assertThat(
                        ModelServer.serve(
                                Map.of(), new PrintStream(words, true, StandardCharsets.UTF_8)))
                .isEqualTo(1);
        assertThat(words.toString(StandardCharsets.UTF_8)).contains("AIP_STORAGE_URI is not set");
    }

    private HttpResponse<String> post(String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(ModelServer.PREDICT))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
