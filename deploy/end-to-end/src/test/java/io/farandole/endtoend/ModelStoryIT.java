package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.events.RunId;
import io.farandole.local.asking.Api;
import io.farandole.local.inspecting.RunLedger;
import io.farandole.orchestrator.runs.Happening;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/**
 * A worse model is rejected with reasons; a better one is tried, users turn away from it, and it is
 * rolled back; another is tried, users like it, and it is promoted: all by events. What the
 * commands said is in {@code target/model-story.txt}.
 */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class ModelStoryIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int CALLS_EACH = 2;
    private static final int SHOWN = 20;

    private final List<String> transcript = new ArrayList<>();

    /**
     * What of a list is liked: were it always the first, nothing would ever be better than what is
     * served.
     */
    private final Random liking = new Random(20);

    private int told;

    @Test
    void worseIsRejectedBadIsRolledBackGoodIsPromoted() throws Exception {
        try (Installation installation =
                Installation.startWith(
                        "farandole.deployment.canary-share=50",
                        "farandole.guardrails.look-every=1s",
                        "farandole.guardrails.shortest=1s",
                        "farandole.guardrails.fewest-lists=100")) {
            Said imported =
                    installation.run(
                            "import",
                            Installation.DATA_SET.toString(),
                            "--first",
                            "20000",
                            "--json");
            assertThat(imported.exitCode()).describedAs(imported.err()).isZero();
            installation.awaitRest();

            RunDetails first = run(installation, "item-knn:neighbours=10,shrink=10");
            assertThat(Objects.requireNonNull(first.release()).share())
                    .as("share of the first release")
                    .isNull();

            RunDetails worse = run(installation, "popularity");
            assertThat(worse.summary().state()).isEqualTo(RunState.REJECTED);
            assertThat(worse.summary().reasons())
                    .anyMatch(reason -> reason.startsWith("better than popularity: NO."));

            RunDetails bad = run(installation, "ease:lambda=200");
            assertThat(Objects.requireNonNull(bad.release()).share()).isEqualTo(50);
            tell(installation, "models", "list");
            live(installation, "r1");
            awaitSaid(installation, bad, "rolledBack");
            assertThat(states(installation)).containsExactly("r2 ROLLED_BACK 0", "r1 LIVE 100");
            Said judged = tell(installation, "models", "show", "r2");
            assertThat(judged.out()).contains("clicks: BAD.", "guardrails", "data set", "events");

            RunDetails good = run(installation, "item-knn:neighbours=20,shrink=10");
            assertThat(good.release()).isNotNull();
            live(installation, "r1", "r3");
            awaitSaid(installation, good, "promoted");
            assertThat(states(installation))
                    .containsExactly("r3 LIVE 100", "r2 ROLLED_BACK 0", "r1 RETIRED 0");
            tell(installation, "models", "show", "r3");
            tell(installation, "models", "compare", "r1", "r3");

            Said back =
                    tell(installation, "models", "rollback", "--reason", "a story needs an end");
            assertThat(back.exitCode()).as(back.err()).isZero();
            assertThat(states(installation))
                    .containsExactly("r3 ROLLED_BACK 0", "r2 ROLLED_BACK 0", "r1 LIVE 100");
            Said again = tell(installation, "models", "rollback", "r3");
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).contains("r3 is not served");
            tell(installation, "models", "list");
            installation.awaitRest();
            Said verified = tell(installation, "verify");
            assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        } finally {
            Files.write(Path.of("target", "model-story.txt"), transcript);
        }
    }

    /** Asks for a model, and waits for what becomes of it. */
    private RunDetails run(Installation installation, String candidate) {
        Said asked = tell(installation, "request-training", "--candidate", candidate, "--json");
        RunId run = new RunId(asked.json().path("run").asString());
        await().atMost(LONG).until(() -> ended(installation, run), Optional::isPresent);
        tell(installation, "runs", "show", run.value());
        return ended(installation, run).orElseThrow();
    }

    private static Optional<RunDetails> ended(Installation installation, RunId run) {
        return RunLedger.in(installation.tables())
                .one(run)
                .filter(details -> details.summary().state() != RunState.RUNNING);
    }

    /** Everybody looks at a list now and then; what is liked is clicked on and booked. */
    private void live(Installation installation, String... liked) throws Exception {
        List<String> users =
                installation
                        .tables()
                        .client()
                        .sql("select s.key from personalisation.served s order by s.key")
                        .query(String.class)
                        .list()
                        .stream()
                        .map(String::valueOf)
                        .toList();
        try (Api api = new Api(installation.ports());
                HttpClient client = HttpClient.newHttpClient()) {
            for (int call = 0; call < CALLS_EACH; call++) {
                for (String user : users) {
                    JsonNode list = api.recommendations(user, SHOWN).body();
                    if (List.of(liked).contains(list.path("params").path("release").asString(""))) {
                        String item =
                                list.path("recommendations")
                                        .path(liking.nextInt(SHOWN))
                                        .path("item")
                                        .asString("");
                        post(client, api, "viewed", user, item, "");
                        String booking =
                                ",\"booking\":\"b-%d\",\"quantity\":1,\"priceCents\":0"
                                        .formatted(told);
                        post(client, api, "bookingMade", user, item, booking);
                    }
                }
            }
        }
    }

    private void post(
            HttpClient client, Api api, String kind, String user, String offer, String more)
            throws IOException, InterruptedException {
        String event =
                """
                {"specversion":"1.0","id":"story-%d","source":"story",
                 "type":"io.farandole.interactions.%s.v1",
                 "data":{"user":"%s","offer":"%s"%s}}
                """
                        .formatted(told++, kind, user, offer, more);
        var answer =
                client.send(
                        HttpRequest.newBuilder(api.events())
                                .header("Content-Type", "application/cloudevents+json")
                                .POST(BodyPublishers.ofString(event))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static void awaitSaid(Installation installation, RunDetails run, String kind) {
        await().atMost(LONG)
                .until(
                        () ->
                                RunLedger.in(installation.tables())
                                        .one(run.summary().run())
                                        .orElseThrow()
                                        .timeline()
                                        .stream()
                                        .map(Happening::kind)
                                        .anyMatch(kind::equals));
    }

    private static List<String> states(Installation installation) {
        List<String> states = new ArrayList<>();
        for (JsonNode model : installation.run("models", "list", "--json").json()) {
            if (model.hasNonNull("release")) {
                states.add(
                        model.path("release").asString()
                                + " "
                                + model.path("state").asString()
                                + " "
                                + model.path("share").asInt());
            }
        }
        return states;
    }

    private Said tell(Installation installation, String... arguments) {
        Said said = installation.run(arguments);
        transcript.add("$ farandole " + String.join(" ", arguments));
        transcript.add(said.out() + said.err());
        return said;
    }
}
