package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.UserId;
import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was read of a user counts for the next call only while nothing of it is another. */
class UsersAtHandIT {

    private static final UserId USER = new UserId("hand|%");
    private static final String KEY = "hand%7C%25|";

    private final Platform platform = Platform.shared();

    @BeforeAll
    static void fill() {
        SmallCulture.fill(Platform.shared());
    }

    @BeforeEach
    void begin() {
        platform.serveNoRelease();
        platform.put("profile.users", 7, USER.value(), "{\"birthDate\":\"2008-01-01\"}");
        platform.put("profile.items", 7, KEY + "film", "{\"item\":\"film\",\"value\":4}");
        platform.put("personalisation.lists", 2, USER.value(), list("taste", 3));
    }

    @Test
    void isReadOnceWhileNothingIsAnother() {
        assertThat(known().path("itemsHad").asInt()).isEqualTo(1);
        UsersAtHand.Stamped first = atHand();
        known();
        assertThat(atHand()).isSameAs(first);
        // Of somebody else.
        platform.put("profile.items", 7, KEY.replace('d', 't') + "play", "{\"item\":\"play\"}");
        platform.run("update profile.users set version = version where key = '20'");
        known();
        assertThat(atHand()).isSameAs(first);
    }

    @Test
    void isReadAgainWhenWhoeverAsksIsKnownByAnotherName() {
        assertChanges(
                "update profile.users set value = jsonb_set(value, '{onboarding}', '[\"CINEMA\"]')"
                        + " where key = 'hand|%'",
                user -> user.path("onboarding").size());
    }

    @Test
    void isReadAgainWhenSomethingWasDone() {
        assertChanges(
                "insert into profile.items values"
                        + " (7, '%splay', '{\"item\":\"play\",\"value\":3}', 1)".formatted(KEY),
                user -> user.path("itemsHad").asInt());
        // Written over, and removed; whatever its version is.
        assertChanges(
                "update profile.items set value = value - 'value' where key = '%splay'"
                        .formatted(KEY),
                user -> user.path("itemsHad").asInt());
        assertChanges(
                "delete from profile.items where key = '%splay'".formatted(KEY),
                user -> user.path("items").asInt());
        // As after an erasure: the same row once more, and its version is 1 again.
        assertChanges(
                "delete from profile.items where key = '%1$sfilm';".formatted(KEY)
                        + " insert into profile.items values"
                        + " (7, '%sfilm', '{\"item\":\"film\"}', 1)".formatted(KEY),
                user -> user.path("itemsHad").asInt());
    }

    @Test
    void isReadAgainWhenTheListIsAnotherOne() {
        assertChanges(
                "update personalisation.lists set value = '%s' where key = 'hand|%%'"
                        .formatted(list("taste", 4)),
                user -> user.path("list").path("version").asInt());
        assertChanges(
                "delete from personalisation.lists where key = 'hand|%'",
                user -> user.has("list") ? 1 : 0);
    }

    @Test
    void isReadAgainWhenAnotherReleaseIsServed() {
        platform.run(
                "update personalisation.lists set value = jsonb_set(value, '{lists,r1}', value #> '{lists,taste}')"
                        + " where key = 'hand|%'");
        assertThat(known().path("list").path("release").asString()).isEqualTo("taste");
        platform.serve("r1", "models/abc");
        assertThat(known().path("list").path("release").asString()).isEqualTo("r1");
    }

    @Test
    void isReadAgainWhenAReleaseIsTriedAndWhenItIsRolledBack() {
        platform.run(
                "update personalisation.lists set value = jsonb_set(jsonb_set(value, '{lists,r1}', value #> '{lists,taste}'), '{lists,r2}', value #> '{lists,taste}')"
                        + " where key = 'hand|%'");
        platform.serve("r1", "models/abc");
        assertThat(known().path("list").path("release").asString()).isEqualTo("r1");
        platform.tries("r2", 99);
        assertThat(known().path("list").path("release").asString()).isEqualTo("r2");
        platform.triesNone();
        assertThat(known().path("list").path("release").asString()).isEqualTo("r1");
    }

    @Test
    void isReadAgainWhenTheReadModelsAreOfAnotherGeneration() {
        platform.run(
                "insert into personalisation.lists values (3, 'hand|%%', '%s', 1)"
                        .formatted(list("taste", 9)));
        assertThat(known().path("list").path("version").asInt()).isEqualTo(3);
        try {
            serve(3);
            assertThat(known().path("list").path("version").asInt()).isEqualTo(9);
        } finally {
            serve(2);
            platform.run("delete from personalisation.lists where generation = 3");
        }
        assertThat(known().path("list").path("version").asInt()).isEqualTo(3);
    }

    private void serve(int generation) {
        platform.run(
                "update streams.generation set phase = case when id = %d then 'ACTIVE' else 'LOADING' end where id in (2, 3)"
                        .formatted(generation));
    }

    private void assertChanges(String sql, Function<JsonNode, Integer> part) {
        Integer before = part.apply(known());
        platform.run(sql);
        assertThat(part.apply(known())).isNotEqualTo(before);
    }

    private UsersAtHand.Stamped atHand() {
        return Objects.requireNonNull(platform.bean(UsersAtHand.class).of(USER));
    }

    private JsonNode known() {
        return JsonMapper.shared()
                .readTree(
                        platform.api()
                                .get()
                                .uri("/v1/users/{id}", USER.value())
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .expectBody(String.class)
                                .returnResult()
                                .getResponseBody());
    }

    private static String list(String release, int version) {
        return "{\"lists\":{\"%s\":{\"version\":%d,\"entries\":[{\"item\":\"film\",\"score\":1}]}}}"
                .formatted(release, version);
    }
}
