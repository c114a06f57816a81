package io.farandole.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.farandole.gateway.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Requests with values that are known again, and a log in which none of them is. */
class PrivateLogsIT {

    private static final String WHO = "marked-user-7d1f";
    private static final String WHERE = "48.8566137";
    private static final String ALSO_WHERE = "2.3522219";
    private static final String WHAT = "marked-offer-93ac";
    private static final String KEY = "fk_markedkey_marked-secret-51be";
    private static final String TOKEN = "marked-token-c0de";
    private static final List<String> MARKS =
            List.of(WHO, WHERE, ALSO_WHERE, WHAT, "marked-secret-51be", TOKEN, "marked-key-id");

    private static final String PLACE =
            "latitude=" + WHERE + "&longitude=" + ALSO_WHERE + "&radius=900";

    private final Platform platform = Platform.shared();
    private final WebTestClient api = platform.api();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.farandole");
    private final Logger problems =
            (Logger) LoggerFactory.getLogger("io.farandole.gateway.problems");
    private final Lines lines = new Lines();
    private final Level rootLevel = root.getLevel();
    private final Level problemsLevel = problems.getLevel();

    /** Lines as a file would have them, with traces of exceptions. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final PatternLayout layout = new PatternLayout();
        private final ConcurrentLinkedQueue<String> all = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            all.add(layout.doLayout(event));
        }
    }

    @BeforeEach
    void listen() {
        lines.setContext(root.getLoggerContext());
        lines.layout.setContext(root.getLoggerContext());
        lines.layout.setPattern("%level %logger %mdc %msg %kvp%n%ex{full}");
        lines.layout.start();
        lines.start();
        root.addAppender(lines);
        // As in production, and more of what is ours.
        root.setLevel(Level.INFO);
        problems.setLevel(null);
        ours.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(lines);
        root.setLevel(rootLevel);
        problems.setLevel(problemsLevel);
        ours.setLevel(null);
    }

    @Test
    void whomACallWasAboutAndWhereTheyAreIsNotInTheLog() {
        List<Integer> told = new ArrayList<>();
        // What is answered.
        told.add(get("/v1/users/" + WHO + "/recommendations"));
        told.add(get("/v1/users/" + WHO + "/playlists?" + PLACE));
        told.add(get("/v1/playlists?offers=" + WHAT + "&" + PLACE));
        told.add(get("/recommendation/" + WHO + "?token=" + Platform.OLD_TOKEN + "&" + PLACE));
        told.add(post("/v1/users/" + WHO + "/playlists", json(WHERE)));
        told.add(post("/v1/events", event("4")));
        // What is refused, and says why.
        told.add(get("/v1/users/" + WHO + "/recommendations?limit=" + WHO));
        told.add(get("/v1/users/" + WHO + "/playlists?" + PLACE + "9x"));
        told.add(get("/v1/users/" + WHO + "/playlists?scenario=" + WHO + "&" + PLACE));
        told.add(get("/v1/offers/" + WHAT + "/similar?user=" + WHO));
        told.add(get("/v1/users/" + WHO + "/nowhere?" + PLACE));
        told.add(get("/recommendation/" + WHO + "?token=" + TOKEN + "&" + PLACE));
        told.add(post("/v1/users/" + WHO + "/playlists", json("\"" + WHERE + "x\"")));
        told.add(post("/v1/users/" + WHO + "/playlists", "{" + WHO));
        told.add(post("/v1/events", event("\"" + WHERE + "\"")));
        told.add(post("/v1/events", "{" + WHO));
        told.add(keyed("/v1/users/" + WHO + "/recommendations", KEY));
        told.add(keyed("/v1/users/" + WHO + "/recommendations", "eyJ" + TOKEN + ".x.y"));
        assertThat(told).contains(200, 202, 400, 401, 403, 404).allMatch(status -> status < 500);

        // What fails: the offers cannot be read, and it is tried to say why.
        platform.run("alter table profile.users rename to users_away");
        try {
            told.add(get("/v1/users/" + WHO + "/playlists?" + PLACE));
        } finally {
            platform.run("alter table profile.users_away rename to users");
        }

        await().until(() -> lines.all.stream().anyMatch(line -> line.contains("LoggingCalls")));
        assertThat(lines.all).hasSizeGreaterThanOrEqualTo(told.size());
        for (String mark : MARKS) {
            assertThat(lines.all).noneMatch(line -> line.contains(mark));
        }
    }

    private int get(String path) {
        return status(api.get().uri(path));
    }

    private int keyed(String path, String key) {
        return status(api.get().uri(path).header("Authorization", "Bearer " + key));
    }

    private int post(String path, String body) {
        MediaType type =
                path.endsWith("events")
                        ? MediaType.parseMediaType("application/cloudevents+json")
                        : MediaType.APPLICATION_JSON;
        return status(
                api.post()
                        .uri(path)
                        .header("Idempotency-Key", "marked-key-id")
                        .contentType(type)
                        .bodyValue(body));
    }

    private static int status(WebTestClient.RequestHeadersSpec<?> request) {
        return request.exchange().returnResult(Void.class).getStatus().value();
    }

    private static String json(String latitude) {
        return "{\"latitude\":%s,\"longitude\":%s,\"radius\":900}".formatted(latitude, ALSO_WHERE);
    }

    private static String event(String value) {
        return """
               {"specversion":"1.0","source":"app","type":"io.farandole.interactions.rated.v1",
                "data":{"user":"%s","offer":"%s","value":%s}}"""
                .formatted(WHO, WHAT, value);
    }
}
