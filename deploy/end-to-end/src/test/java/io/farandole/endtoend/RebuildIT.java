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
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** State is built anew from the archive after a user has asked to be forgotten. */
@ExtendWith(SharedInstallation.class)
class RebuildIT {

    private static final List<String> OFFERS = List.of("movie-1", "movie-2", "movie-3");

    private final Installation installation;

    RebuildIT(Stage stage) {
        installation = stage.installation();
    }

    @Test
    void leavesTheErasedOutAndBalances() throws Exception {
        String user = "leaving-" + System.nanoTime();
        for (String offer : OFFERS) {
            publish(
                    user + offer,
                    "interactions.rated",
                    "\"user\":\"%s\",\"offer\":\"%s\",\"value\":5".formatted(user, offer));
        }
        installation.awaitRest();
        publish(user, "users.erased", "\"user\":\"%s\"".formatted(user));
        installation.awaitRest();

        int profile = number(ok("replay", "start", "profile", "--no-wait", "--json"));
        Said begun = ok("replay", "start", "popularity", "--json");
        int popularity = number(begun);
        JsonNode found = begun.json().path("compared").path("found");
        assertThat(found.path("left").asInt()).isEqualTo(1);
        assertThat(found.path("withheld").asLong()).isEqualTo(OFFERS.size());
        assertThat(found.path("stores").get(0).path("equal").asLong()).isPositive();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> phase("profile", profile).equals("SHADOW"));

        assertThat(listed("popularity", popularity).path("switches")).isEmpty();

        // Who was forgotten is still counted in the live popularity, and has no profile in either.
        JsonNode differing = says(1, "generations", "diff", "popularity", "--json").json();
        assertThat(differing.path("withheld").asLong()).isEqualTo(OFFERS.size());
        assertThat(differing.path("behind").asLong()).isZero();
        assertThat(differing.path("lost").asLong()).isZero();
        JsonNode windows = differing.path("stores").get(0);
        assertThat(windows.path("differing").asLong() + windows.path("missing").asLong())
                .isEqualTo(OFFERS.size());
        JsonNode same = ok("generations", "diff", "profile", "--json").json();
        assertThat(same.path("withheld").asLong()).isEqualTo(OFFERS.size());

        try {
            Said refused =
                    says(1, "generations", "activate", "popularity", Integer.toString(popularity));
            assertThat(refused.err()).contains("keys of windows").contains("--max-differing");
            activate("popularity", popularity, "--max-differing", "1000", "--by", "marie");
            activate("profile", profile);
            JsonNode made = listed("popularity", popularity).path("switches").get(0);
            assertThat(made.path("by").asString()).isEqualTo("marie");
            assertThat(made.path("mostDiffering").asLong()).isEqualTo(1_000);
            assertThat(made.path("differing").asLong()).isEqualTo(OFFERS.size());
            assertThat(ok("generations", "list", "popularity").out())
                    .containsPattern(
                            "popularity %d, compared with 1 at \\S+: 3 of [0-9,]+ keys differ; 0 events behind, 0 ahead\\."
                                    .formatted(popularity))
                    .containsPattern(
                            "popularity: switched from 1 to %d at \\S+ by marie, who let 1,000 events be behind, 0 lost and 1,000 keys differ: 3 did\\."
                                    .formatted(popularity));
            balances(OFFERS.size());
            ledgerTellsOfEachGeneration(popularity);
            ok("verify");
            JsonNode key =
                    ok("replay", "key", "profile", "user:" + user, "--apply", "--json").json();
            assertThat(key.path("withheld").asLong()).isEqualTo(OFFERS.size());
        } finally {
            ok("generations", "rollback", "popularity");
            ok("generations", "rollback", "profile");
        }
        balances(0);
        ok("generations", "drop", "popularity", Integer.toString(popularity));
        ok("generations", "drop", "profile", Integer.toString(profile));
        ok("verify");
        installation.awaitRest();
    }

    private void activate(String processor, int number, String... more) {
        String[] all =
                Stream.concat(
                                Stream.of(
                                        "generations",
                                        "activate",
                                        processor,
                                        Integer.toString(number),
                                        "--json"),
                                Stream.of(more))
                        .toArray(String[]::new);
        JsonNode made = ok(all).json();
        assertThat(made.path("behind").asLong()).isZero();
        assertThat(made.path("lost").asLong()).isZero();
    }

    /** And of both, so many are withheld. */
    private void balances(long withheld) {
        JsonNode books = ok("ledger", "--json").json();
        assertThat(books.path("balances").asBoolean()).isTrue();
        assertThat(books.path("accounts"))
                .filteredOn(
                        account ->
                                List.of("popularity", "profile")
                                        .contains(account.path("processor").asString("")))
                .hasSize(2)
                .allSatisfy(
                        account ->
                                assertThat(account.path("withheld").asLong()).isEqualTo(withheld));
    }

    /** Of those that serve no more too, which are fed as before. */
    private void ledgerTellsOfEachGeneration(int number) {
        JsonNode first = ok("ledger", "--generation", "1", "--json").json();
        assertThat(first.path("accounts"))
                .filteredOn(account -> account.path("processor").asString("").equals("popularity"))
                .singleElement()
                .satisfies(account -> assertThat(account.path("withheld").asLong()).isZero());
        JsonNode later = ok("ledger", "--generation", Integer.toString(number), "--json").json();
        assertThat(later.path("accounts"))
                .isNotEmpty()
                .extracting(account -> account.path("processor").asString(""))
                .contains("popularity")
                .isSubsetOf("popularity", "profile");
        hoursMakeUpTheAccounts();
        assertThat(says(1, "ledger", "--generation", "77").err())
                .contains("No processor has a generation 77");
    }

    private void hoursMakeUpTheAccounts() {
        JsonNode books = ok("ledger", "--by-hour", "--json").json();
        assertThat(books.path("hours")).isNotEmpty();
        for (JsonNode account : books.path("accounts")) {
            long applied =
                    StreamSupport.stream(books.path("hours").spliterator(), false)
                            .filter(hour -> same(hour, account, "topic"))
                            .filter(hour -> same(hour, account, "processor"))
                            .mapToLong(hour -> hour.path("applied").asLong())
                            .sum();
            assertThat(applied).isEqualTo(account.path("applied").asLong());
        }
        assertThat(ok("ledger", "--by-hour").out()).containsPattern("T[0-9]{2}:00:00Z.*adds up");
    }

    private static boolean same(JsonNode one, JsonNode other, String member) {
        return one.path(member).equals(other.path(member));
    }

    /** Whatever is cut into batches, and whenever: at rest a list follows from what is known. */
    @Test
    void makesTheListsThatAreServedAndTheSameOnesAgain() throws Exception {
        installation.awaitRest();
        ok("refresh");

        JsonNode once = rebuiltLists();
        JsonNode again = rebuiltLists();

        assertThat(once.path("equal").asLong()).isGreaterThan(10);
        assertThat(once.path("differing").asLong()).isZero();
        assertThat(once.path("missing").asLong()).isZero();
        assertThat(once.path("added").asLong()).isZero();
        assertThat(once.path("overlap").path("mean").asDouble()).isEqualTo(1);
        assertThat(once.path("rightChecksum")).isEqualTo(once.path("leftChecksum"));
        assertThat(again.path("rightChecksum")).isEqualTo(once.path("rightChecksum"));
    }

    /** What is told of them beside those that are served; the generation is dropped again. */
    private JsonNode rebuiltLists() {
        JsonNode begun =
                ok("replay", "start", "personalisation", "--even-if-read", "--json").json();
        ok("generations", "drop", "personalisation", Integer.toString(number(begun)));
        JsonNode found = begun.path("compared").path("found");
        assertThat(found.path("behind").asLong()).isZero();
        return StreamSupport.stream(found.path("stores").spliterator(), false)
                .filter(store -> store.path("store").asString().equals("lists"))
                .findFirst()
                .orElseThrow();
    }

    private String phase(String processor, int number) {
        return listed(processor, number).path("phase").asString("none");
    }

    private JsonNode listed(String processor, int number) {
        for (JsonNode one : ok("generations", "list", processor, "--json").json()) {
            if (number(one) == number) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }

    private static int number(Said said) {
        return number(said.json());
    }

    private static int number(JsonNode generation) {
        return generation.path("generation").asInt();
    }

    private Said ok(String... arguments) {
        return says(0, arguments);
    }

    private Said says(int exitCode, String... arguments) {
        Said said = installation.run(arguments);
        assertThat(said.exitCode())
                .as("%s: %s%s", List.of(arguments), said.out(), said.err())
                .isEqualTo(exitCode);
        return said;
    }

    private void publish(String id, String kind, String data) throws Exception {
        String event =
                """
                {"specversion":"1.0","id":"%s","source":"story",\
                "type":"io.farandole.%s.v1","data":{%s}}"""
                        .formatted(id, kind, data);
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
}
