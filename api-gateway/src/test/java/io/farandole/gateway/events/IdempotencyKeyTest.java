package io.farandole.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyKeyTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DATA = "{\"user\":\"42\",\"offer\":\"movie-1\",\"value\":4}";

    @Test
    void theSameKeyAndEventGiveTheSameId() {
        String id = id("request-1", claim(0, "app", DATA));
        assertThat(id).matches("ik-[0-9a-f]{32}");
        assertThat(id("request-1", claim(0, "app", DATA))).isEqualTo(id);
        assertThat(id("\"request-1\"", claim(0, "app", DATA))).isEqualTo(id);
    }

    @Test
    void anythingElseGivesAnother() {
        assertThat(id("request-1", claim(0, "app", DATA)))
                .isNotIn(
                        id("request-2", claim(0, "app", DATA)),
                        id("request-1", claim(1, "app", DATA)),
                        id("request-1", claim(0, "app2", DATA)),
                        id("request-1", claim(0, "app", DATA.replace('4', '3'))));
    }

    @Test
    void aTraceIsAnotherEachTimeAndCountsForNothing() {
        Claim traced = claim(0, "app", DATA);
        traced.attributes()
                .put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(id("request-1", traced)).isEqualTo(id("request-1", claim(0, "app", DATA)));
    }

    @Test
    void anEventThatHasAnIdKeepsIt() {
        Claim named = claim(0, "app", DATA);
        named.attributes().put("id", "mine");
        assertThat(id("request-1", named)).isEqualTo("mine");
    }

    @Test
    void isRefusedWhenItCouldNotTellRequestsApart() {
        assertThat(IdempotencyKey.of(new HttpHeaders())).isNull();
        for (String none : new String[] {"", "\"\"", "seven77", "a b c d e f", "clé-unique"}) {
            assertThatThrownBy(() -> key(none)).hasMessageContaining("Idempotency-Key");
        }
        HttpHeaders twice = new HttpHeaders();
        twice.add(IdempotencyKey.HEADER, "request-1");
        twice.add(IdempotencyKey.HEADER, "request-2");
        assertThatThrownBy(() -> IdempotencyKey.of(twice)).hasMessageContaining("more than once");
    }

    private static @Nullable String id(String key, Claim claim) {
        return ((Claim) key(key).named(claim)).attributes().get("id");
    }

    private static IdempotencyKey key(String text) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(IdempotencyKey.HEADER, text);
        return Objects.requireNonNull(IdempotencyKey.of(headers));
    }

    private static Claim claim(int index, String source, String data) {
        return new Claim(
                index,
                Place.inBatch(index),
                new HashMap<>(Map.of("source", source, "type", "t")),
                JSON.readTree(data));
    }
}
