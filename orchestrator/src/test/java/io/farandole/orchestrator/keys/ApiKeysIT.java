package io.farandole.orchestrator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.farandole.postgres.DurablePostgres;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys in a Postgres of their own. */
class ApiKeysIT {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static DurablePostgres postgres;

    private static JdbcClient database;
    private static ApiKeys keys;

    @BeforeAll
    static void start() {
        postgres = DurablePostgres.temporary();
        database = JdbcClient.create(postgres.ownerDataSource());
        keys = new ApiKeys(database);
        new KeySchema(postgres.ownerDataSource()).migrate();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void forget() {
        database.sql("delete from access.api_key").update();
    }

    @Test
    void areKeptWithoutTheirSecret() {
        IssuedKey key = keys.issue("app", Set.of(Role.APP, Role.PRODUCER), null);

        String secret = key.text().substring(("fk_" + key.id() + "_").length());
        assertThat(secret).hasSize(43);
        assertThat(
                        database.sql("select k::text from access.api_key k")
                                .query(String.class)
                                .single())
                .doesNotContain(secret);
        assertThat(
                        database.sql("select hash = sha256(?::bytea) from access.api_key")
                                .param(secret)
                                .query(Boolean.class)
                                .single())
                .isTrue();
        assertThat(key.toString()).doesNotContain(secret);
        assertThat(keys.issue("app", Set.of(Role.APP), null).text()).isNotEqualTo(key.text());
    }

    @Test
    void areListedWithTheirEnds() {
        IssuedKey old = keys.issue("old", Set.of(Role.APP), now.minusSeconds(1));
        IssuedKey app = keys.issue("app", Set.of(Role.APP), now.plusSeconds(60));
        IssuedKey all = keys.issue("all", Set.of(Role.values()), null);

        assertThat(keys.list())
                .extracting(KeyLine::id, KeyLine::live)
                .containsExactly(
                        tuple(old.id(), false), tuple(app.id(), true), tuple(all.id(), true));
        assertThat(keys.list().get(1).expires()).isEqualTo(app.expires());
        assertThat(keys.list().get(2).roles()).containsExactlyInAnyOrder(Role.values());
    }

    @Test
    void endWhenTheyAreRevokedAndNeverLaterThanBefore() {
        IssuedKey key = keys.issue("app", Set.of(Role.APP), null);
        assertThat(keys.end(key.id(), now.plusSeconds(60))).isTrue();
        assertThat(keys.end(key.id(), now.plusSeconds(90))).isTrue();
        assertThat(keys.list().getFirst().expires()).isEqualTo(now.plusSeconds(60));
        assertThat(keys.list().getFirst().live()).isTrue();

        assertThat(keys.end(key.id(), now.minusSeconds(1))).isTrue();
        assertThat(keys.list().getFirst().live()).isFalse();
        assertThat(keys.end("nobody", now)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void needAName(String name) {
        assertThatThrownBy(() -> keys.issue(name, Set.of(Role.APP), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.issue("app", Set.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areReadByTheApisRoleAndNotWritten() {
        IssuedKey _ = keys.issue("app", Set.of(Role.APP), null);
        JdbcClient reader = JdbcClient.create(postgres.readerDataSource());
        assertThat(reader.sql("select count(*) from access.api_key").query(Long.class).single())
                .isEqualTo(1);
        assertThatThrownBy(() -> reader.sql("delete from access.api_key").update())
                .hasMessageContaining("read-only");
    }
}
