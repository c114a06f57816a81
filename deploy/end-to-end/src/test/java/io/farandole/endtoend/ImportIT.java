package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.endtoend.SharedInstallation.Stage;
import io.farandole.events.TopicCatalogue;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.StoreHash;
import io.farandole.orchestrator.ledger.Account;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A data set is imported, imported again, and looked after. */
@ExtendWith(SharedInstallation.class)
class ImportIT {

    private final Installation installation;

    ImportIT(Stage stage) {
        installation = stage.installation();
    }

    @BeforeEach
    void isAtRest() throws InterruptedException {
        installation.awaitRest();
    }

    @Test
    void balancesToTheEvent() {
        Said ledger = installation.run("ledger", "--json");
        assertThat(ledger.exitCode()).describedAs(ledger.out()).isZero();
        assertThat(ledger.json().path("balances").asBoolean()).isTrue();
        assertThat(ledger.json().path("accounts").size())
                .isEqualTo(
                        TopicCatalogue.all().stream()
                                .mapToInt(topic -> topic.readers().size())
                                .sum());
    }

    @Test
    void holdsWhatTheEventsSay() {
        Said verification = installation.run("verify", "--json");
        assertThat(verification.exitCode()).describedAs(verification.out()).isZero();
        assertThat(verification.json().path("events").asLong()).isPositive();
        assertThat(verification.json().path("traced").asLong()).isPositive();
    }

    @Test
    void tellsWhatTakesRoomAndWhatBoundsIt() {
        Said status = installation.run("status", "--json");

        assertThat(status.exitCode()).describedAs(status.out()).isZero();
        assertThat(status.json().path("room").valueStream())
                .hasSize(5)
                .allSatisfy(taken -> assertThat(taken.path("bytes").asLong()).isPositive())
                .extracting(taken -> taken.path("what").asString(""))
                .contains("journal", "outbox", "inboxes", "raw");
        JsonNode journal = status.json().path("room").path(0);
        assertThat(journal.path("limitBytes").asLong()).isEqualTo(2_000_000_000L);
        assertThat(journal.path("keptDays").asDouble()).isEqualTo(30);
    }

    @Test
    void recognisesASecondImportWhole() throws InterruptedException {
        List<StoreHash> facts = installation.facts();
        List<StoreHash> lists = installation.lists();
        Books before = installation.awaitRest();

        Said again = SharedInstallation.importing(installation);

        assertThat(again.exitCode()).isZero();
        Books after = installation.awaitRest();
        long published = again.json().path("published").asLong();
        assertThat(duplicates(after, "ingestion") - duplicates(before, "ingestion"))
                .isGreaterThanOrEqualTo(published);
        assertThat(applied(after)).isEqualTo(applied(before));
        assertThat(installation.facts()).isEqualTo(facts);
        assertThat(installation.lists()).isEqualTo(lists);
    }

    @Test
    void namesARowThatWasDeleted() {
        JdbcClient database = installation.tables().client();
        String key =
                database.sql("select key from profile.items order by key limit 1")
                        .query(String.class)
                        .single();
        database.sql(
                        "create table if not exists public.aside as select * from profile.items where key = ?")
                .param(key)
                .update();
        database.sql("delete from profile.items where key = ?").param(key).update();
        try {
            Said verification = installation.run("verify", "--json");
            assertThat(verification.exitCode()).isEqualTo(1);
            assertThat(verification.json().path("discrepancies").toString())
                    .contains("profile.items")
                    .contains(key);
        } finally {
            database.sql("insert into profile.items select * from public.aside").update();
            database.sql("drop table public.aside").update();
        }
        assertThat(installation.run("verify").exitCode()).isZero();
    }

    @Test
    void servesEveryUserAListWithTitlesAndReasons() {
        Said list = installation.run("recommend", someUser(), "--json");
        assertThat(list.exitCode()).isZero();
        assertThat(list.json().path("params").path("origin").asString()).isEqualTo("taste");
        assertThat(list.json().path("recommendations").valueStream())
                .isNotEmpty()
                .allSatisfy(
                        entry -> {
                            assertThat(entry.path("title").asString("")).isNotBlank();
                            assertThat(entry.path("why").path("sentence").asString(""))
                                    .isNotBlank();
                        });
    }

    private String someUser() {
        return installation.tables().someUserWithList().orElseThrow();
    }

    private static long duplicates(Books books, String processor) {
        return books.accounts().stream()
                .filter(account -> account.processor().equals(processor))
                .mapToLong(Account::duplicate)
                .sum();
    }

    private static List<Long> applied(Books books) {
        return books.accounts().stream().map(Account::applied).toList();
    }
}
