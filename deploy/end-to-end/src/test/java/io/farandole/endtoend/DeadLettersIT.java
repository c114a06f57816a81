package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.endtoend.SharedInstallation.Stage;
import io.farandole.local.asking.Api;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What an operator sees of a processor that fails on some users, and does about it. */
@ExtendWith(SharedInstallation.class)
class DeadLettersIT {

    private static final String BREAK =
            """
            create function unlucky() returns trigger language plpgsql as $$
            begin raise exception 'a bug with %', new.key using errcode = '22000'; end $$;
            create trigger unlucky before update on profile.items
              for each row when (new.key like 'unlucky-%') execute function unlucky()
            """;
    private static final String MEND = "drop function if exists unlucky cascade";

    private final Installation installation;

    DeadLettersIT(Stage stage) {
        installation = stage.installation();
    }

    @Test
    void areSeenAndRedrivenAfterAFix() throws Exception {
        String user = "unlucky-" + System.nanoTime();
        database().sql(BREAK).update();
        try {
            rate(user, "movie-1");
            rate(user, "movie-2");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(list(user)).hasSize(2));
            assertThat(list(user))
                    .allSatisfy(
                            letter -> {
                                assertThat(letter.path("cause").asString("")).isEqualTo("POISON");
                                assertThat(letter.path("attempts").asInt()).isEqualTo(1);
                            });
            String id = list(user).get(0).path("id").asString("");
            Said shown = installation.run("dlq", "show", id);
            assertThat(shown.exitCode()).isZero();
            assertThat(shown.out()).contains("a bug with " + user, "ce-subject", "\"rated\"");

            Said again = redrive(user, "--json");
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.json().path("left"))
                    .allSatisfy(letter -> assertThat(letter.path("attempts").asInt()).isEqualTo(2));
        } finally {
            database().sql(MEND).update();
        }

        assertThat(redrive(user, "--dry-run").exitCode()).isZero();
        assertThat(list(user)).hasSize(2);
        Said mended = redrive(user, "--json");
        assertThat(mended.exitCode()).isZero();
        assertThat(mended.json().path("applied").asInt()).isEqualTo(2);
        assertThat(list(user)).isEmpty();
        assertThat(redrive(user).exitCode()).isEqualTo(1);
        assertThat(
                        database()
                                .sql(
                                        "select count(*) from profile.items where value ->> 'user' = ?")
                                .param(user)
                                .query(Long.class)
                                .single())
                .isEqualTo(2);
        installation.awaitRest();
    }

    @Test
    void areCountedForEachProcessor() throws Exception {
        installation.awaitRest();
        Said processors = installation.run("processors", "--json");
        assertThat(processors.exitCode()).isZero();
        assertThat(processors.json())
                .filteredOn(one -> one.path("processor").asString("").equals("ingestion"))
                .singleElement()
                .satisfies(
                        ingestion -> {
                            assertThat(
                                            ingestion
                                                    .path("subscriptions")
                                                    .path("users.ingestion")
                                                    .asString(""))
                                    .isEqualTo("RUNNING");
                            assertThat(ingestion.path("applied").asLong()).isPositive();
                        });
        Said lag = installation.run("lag", "--json");
        assertThat(lag.exitCode()).isZero();
        assertThat(lag.json())
                .filteredOn(
                        one ->
                                one.path("subscription")
                                        .asString("")
                                        .equals("interactions.ingestion"))
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.path("toCommit").path("events").asLong())
                                        .isPositive());
    }

    private JsonNode list(String user) {
        Said said =
                installation.run(
                        "dlq", "list", "--processor", "profile", "--key", "user:" + user, "--json");
        assertThat(said.exitCode()).isZero();
        return said.json();
    }

    private Said redrive(String user, String... more) {
        String[] words = {"dlq", "redrive", "--processor", "profile", "--key", "user:" + user};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return installation.run(all);
    }

    private void rate(String user, String offer) throws Exception {
        String event =
                """
                {"specversion":"1.0","id":"%s","source":"story",\
                "type":"io.farandole.interactions.rated.v1",\
                "data":{"user":"%s","offer":"%s","value":4}}"""
                        .formatted(user + offer, user, offer);
        try (Api api = new Api(installation.ports());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(api.events())
                                    .header("Content-Type", "application/cloudevents+json")
                                    .POST(BodyPublishers.ofString(event))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(202);
        }
    }

    private JdbcClient database() {
        return installation.tables().client();
    }
}
