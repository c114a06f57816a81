package io.farandole.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.Decoded.Understood;
import io.farandole.events.EventCodec;
import io.farandole.events.InteractionEvent.Rated;
import io.farandole.events.OfferId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class ScreeningTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final String GOOD =
            """
            {"specversion":"1.0","id":"rating-1","source":"app","type":"io.farandole.interactions.rated.v1",
             "time":"2026-11-01T10:00:00.5Z","subject":"user:42","datacontenttype":"application/json",
             "correlationid":"c-1","data":{"user":"42","offer":"movie-1","value":4.0}}
            """;

    private final Screening screening =
            new Screening(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(5));

    @Test
    void makesAMessageThatTheOtherEndUnderstands() {
        var accepted = accepted(GOOD);
        assertThat(accepted.topic()).isEqualTo(TopicCatalogue.INTERACTIONS);
        assertThat(accepted.unknownFields()).isZero();
        assertThat(accepted.message().orderingKey()).isEqualTo("user:42");
        var decoded =
                new EventCodec()
                        .decode(
                                TopicCatalogue.INTERACTIONS,
                                accepted.message().attributes(),
                                accepted.message().data(),
                                NOW);
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Understood.class,
                        understood -> {
                            assertThat(understood.message().event())
                                    .isEqualTo(
                                            new Rated(new UserId("42"), new OfferId("movie-1"), 4));
                            var envelope = understood.message().envelope();
                            assertThat(envelope.id()).isEqualTo("rating-1");
                            assertThat(envelope.source()).isEqualTo("app");
                            assertThat(envelope.time())
                                    .isEqualTo(Instant.parse("2026-11-01T10:00:00.5Z"));
                            assertThat(envelope.recordedTime()).isEqualTo(NOW);
                            assertThat(envelope.correlationId()).isEqualTo("c-1");
                        });
    }

    @Test
    void happensNowWithoutATime() {
        var accepted = accepted(GOOD.replace("\"time\":\"2026-11-01T10:00:00.5Z\",", ""));
        assertThat(accepted.message().attributes()).containsEntry("ce-time", NOW.toString());
    }

    @Test
    void countsWhatNobodyKnows() {
        var accepted = accepted(GOOD.replace("\"value\":4.0", "\"value\":4.0,\"mood\":\"good\""));
        assertThat(accepted.unknownFields()).isEqualTo(1);
    }

    @Test
    void takesEveryKindOfEveryOpenTopicButNoInternalOne() {
        assertThat(OpenTopics.all())
                .containsExactly(
                        TopicCatalogue.USERS, TopicCatalogue.OFFERS, TopicCatalogue.INTERACTIONS);
        assertThat(OpenTopics.byType("io.farandole.activity.rated.v1")).isNull();
        assertThat(OpenTopics.byType("io.farandole.users.erased.v1")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what stands in GOOD | what comes in its place | where | why
                "\"specversion\":\"1.0\",||$.specversion|missing",
                "\"specversion\":\"1.0\"|\"specversion\":\"0.3\"|$.specversion|not 1.0",
                "\"id\":\"rating-1\",||$.id|missing",
                "\"id\":\"rating-1\"|\"id\":\" \"|$.id|blank",
                "\"id\":\"rating-1\"|\"id\":\"\\u0000\"|$.id|control character",
                "\"source\":\"app\",||$.source|missing",
                "\"source\":\"app\"|\"source\":\"\"|$.source|blank",
                "\"type\":\"io.farandole.interactions.rated.v1\",||$.type|missing",
                "interactions.rated.v1|activity.rated.v1|$.type|users, offers, interactions",
                "interactions.rated.v1|recommendations.listRefreshed.v1|$.type|users, offers, interactions",
                "interactions.rated.v1|interactions.rated.v2|$.type|io.farandole.interactions.viewed.v1",
                "interactions.rated.v1|interactions.shared.v1|$.type|io.farandole.interactions.rated.v1",
                "io.farandole.interactions.rated.v1|rated|$.type|users, offers, interactions",
                "2026-11-01T10:00:00.5Z|yesterday|$.time|RFC 3339",
                "2026-11-01T10:00:00.5Z|2026-02-30T10:00:00Z|$.time|RFC 3339",
                "2026-11-01T10:00:00.5Z|2026-11-22T12:05:01Z|$.time|in the future",
                "\"user:42\"|\"user:43\"|$.subject|user:42",
                "\"application/json\"|\"text/xml\"|$.datacontenttype|application/json",
                "\"value\":4.0|\"value\":7|$.data.value|0.5",
                "\"value\":4.0|\"value\":\"four\"|$.data.value|not a number",
                "\"value\":4.0|\"value\":1e999|$.data.value|out of the range",
                "\"value\":4.0|\"worth\":4.0|$.data.value|missing",
                "\"user\":\"42\"|\"user\":42|$.data.user|not a string",
                "\"user\":\"42\"|\"user\":\"\"|$.data.user|blank",
                "\"user\":\"42\"|\"user\":\"a\\ud800\"|$.data.user|surrogate",
                "{\"user\":\"42\",\"offer\":\"movie-1\",\"value\":4.0}|[]|$.data|not an object",
                "{\"user\":\"42\",\"offer\":\"movie-1\",\"value\":4.0}|null|$.data|no event",
                "{\"user\":\"42\",\"offer\":\"movie-1\",\"value\":4.0}|\"text\"|$.data|not an object",
                ",\"data\":{\"user\":\"42\",\"offer\":\"movie-1\",\"value\":4.0}||$.data|missing"
            })
    void refusesBadOnesWithPlaceAndReason(
            String part,
            @org.jspecify.annotations.Nullable String instead,
            String place,
            String reason) {
        String body = GOOD.replace(part, instead == null ? "" : instead);
        assertThat(body).isNotEqualTo(GOOD);
        assertThat(screened(body))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.place()).isEqualTo(place);
                            assertThat(refused.reason()).contains(reason);
                        });
    }

    @Test
    void pointsIntoTheHeadersOfABinaryEvent() {
        HttpHeaders headers = new HttpHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("ce-type", "io.farandole.interactions.rated.v1");
        headers.set("ce-specversion", "1.0");
        headers.set("ce-source", "app");
        assertThat(screened(headers, "{\"user\":\"42\",\"offer\":\"movie-1\",\"value\":4.0}"))
                .isEqualTo(new Refused(0, null, "app", "header ce-id", "is missing"));
        headers.set("ce-id", "1");
        assertThat(screened(headers, "{\"user\":\"42\",\"offer\":\"movie-1\",\"value\":9.0}"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.place()).isEqualTo("$.value"));
    }

    private Verdict.Accepted accepted(String body) {
        Verdict verdict = screened(body);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return (Verdict.Accepted) verdict;
    }

    private Verdict screened(String body) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("Content-Type", Format.STRUCTURED_TYPE);
        return screened(headers, body);
    }

    private Verdict screened(HttpHeaders headers, String body) {
        List<Incoming> read =
                new ReadingRequest(10).read(headers, body.getBytes(StandardCharsets.UTF_8));
        return screening.screen(read.getFirst());
    }
}
