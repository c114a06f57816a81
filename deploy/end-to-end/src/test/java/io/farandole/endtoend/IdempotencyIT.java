package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.endtoend.SharedInstallation.Stage;
import io.farandole.local.asking.Api;
import io.farandole.local.inspecting.Books;
import io.farandole.orchestrator.ledger.Account;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** A request that is sent again with its key counts once, though its event has no id. */
@ExtendWith(SharedInstallation.class)
class IdempotencyIT {

    private static final String RATING =
            "{\"specversion\":\"1.0\",\"source\":\"story\","
                    + "\"type\":\"io.farandole.interactions.rated.v1\","
                    + "\"data\":{\"user\":\"idempotent\",\"offer\":\"movie-1\",\"value\":4}}";

    private final Installation installation;

    IdempotencyIT(Stage stage) {
        installation = stage.installation();
    }

    @Test
    void countsOnce() throws Exception {
        Account before = ingested(installation.awaitRest());

        String id = post();
        assertThat(post()).isEqualTo(id);

        Account after = ingested(installation.awaitRest());
        assertThat(after.published() - before.published()).isEqualTo(2);
        assertThat(after.distinctPublished() - before.distinctPublished()).isEqualTo(1);
        assertThat(after.duplicate() - before.duplicate()).isEqualTo(1);
        assertThat(after.applied() - before.applied()).isEqualTo(1);
        assertThat(after.balances()).isTrue();
    }

    private static Account ingested(Books books) {
        return books.accounts().stream()
                .filter(account -> account.topic().equals("interactions"))
                .findFirst()
                .orElseThrow();
    }

    private String post() throws IOException, InterruptedException {
        try (Api api = new Api(installation.ports());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(api.events())
                                    .header("Content-Type", "application/cloudevents+json")
                                    .header("Idempotency-Key", "story-of-one-rating")
                                    .POST(BodyPublishers.ofString(RATING))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            return JsonMapper.shared()
                    .readTree(answer.body())
                    .path("events")
                    .path(0)
                    .path("id")
                    .asString();
        }
    }
}
