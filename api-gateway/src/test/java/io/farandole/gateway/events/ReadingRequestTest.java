package io.farandole.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class ReadingRequestTest {

    private final ReadingRequest reading = new ReadingRequest(3);

    @Test
    void findsAStructuredEvent() {
        Claim claim =
                claim(
                        structured(
                                """
                                {"specversion":"1.0","id":"1","source":"s","type":"t","time":null,
                                 "extension":{"any":"thing"},"data":{"user":"42"}}
                                """));
        assertThat(claim.attributes())
                .isEqualTo(Map.of("specversion", "1.0", "id", "1", "source", "s", "type", "t"));
        assertThat(claim.data().path("user").asString()).isEqualTo("42");
        assertThat(claim.place()).isEqualTo(Place.STRUCTURED);
    }

    @Test
    void findsTheEventsOfABatchAndKnowsWhereEachIs() {
        List<Incoming> events = batch("[{\"id\":\"a\"}, 7, {\"id\":\"c\"}]");
        assertThat(events).hasSize(3);
        assertThat(claim(List.of(events.getFirst())).place().attribute("id")).isEqualTo("$[0].id");
        assertThat(events.get(1))
                .isEqualTo(new Refused(1, null, null, "$[1]", "is a number, not an object"));
        assertThat(claim(List.of(events.getLast())).place().data()).isEqualTo("$[2].data");
    }

    @Test
    void takesAnEmptyBatch() {
        assertThat(batch("[]")).isEmpty();
    }

    @Test
    void findsABinaryEventInItsHeaders() {
        HttpHeaders headers = headers("application/json; charset=utf-8");
        headers.set("Ce-SpecVersion", "1.0");
        headers.set("CE-ID", "caf%C3%A9%20au+lait");
        headers.set("ce-foo", "passed over");
        headers.set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Claim claim = claim(reading.read(headers, bytes("{\"user\":\"42\"}")));
        assertThat(claim.attributes())
                .containsEntry("id", "café au+lait")
                .containsEntry("specversion", "1.0")
                .containsKey("traceparent")
                .hasSize(3);
    }

    @Test
    void refusesAHeaderGivenTwice() {
        HttpHeaders headers = headers("application/json");
        headers.add("ce-id", "1");
        headers.add("ce-id", "2");
        assertThat(reading.read(headers, bytes("{}")))
                .singleElement()
                .isEqualTo(new Refused(0, null, null, "header ce-id", "is given more than once"));
    }

    @Test
    void refusesAHeaderThatCannotBeDecoded() {
        HttpHeaders headers = headers("application/json");
        headers.add("ce-id", "100%");
        assertThat(reading.read(headers, bytes("{}")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.place()).isEqualTo("header ce-id"));
    }

    @Test
    void refusesAttributesThatAreNoText() {
        assertThat(structured("{\"id\": 7, \"source\":\"s\", \"data\":{}}"))
                .singleElement()
                .isEqualTo(new Refused(0, null, "s", "$.id", "is a number, not a string"));
    }

    @Test
    void refusesDataInBase64() {
        assertThat(structured("{\"id\":\"1\",\"data_base64\":\"e30=\"}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.place()).isEqualTo("$.data_base64"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,,}|line 1, column 8",
                "{\"a\":|line 1, column 6",
                "x|line 1, column 1",
                "{}{}|after its end (line 1, column 3",
                "{\"a\":1,\"a\":2}|line 1, column 11",
                "{\"a\":NaN}|line 1, column 9",
                "{'a':1}|line 1, column 2"
            })
    void saysLineAndColumnOfWhatIsNoJson(String body, String place) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> structured(body))
                .satisfies(
                        told -> {
                            assertThat(told.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
                            assertThat(told).hasMessageContaining(place);
                        });
    }

    @Test
    void refusesAnEmptyBodyBadUtf8AndDepthsAsNoJson() {
        assertMalformed(new byte[0]);
        assertMalformed(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        assertMalformed(bytes("[".repeat(100_000)));
        assertMalformed(bytes("{\"a\":" + "9".repeat(1_000) + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "\"text\""})
    void refusesWhatIsNoObjectWhereOneEventIsMeant(String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> structured(body))
                .satisfies(told -> assertThat(told.code()).isEqualTo(ProblemCode.INVALID_EVENT));
    }

    @Test
    void refusesWhatIsNoArrayWhereABatchIsMeant() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> batch("{}"))
                .withMessageContaining("application/cloudevents+json");
    }

    @Test
    void refusesABatchThatIsTooLong() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> batch("[1,2,3,4]"))
                .withMessageContaining("at most 3")
                .satisfies(told -> assertThat(told.code()).isEqualTo(ProblemCode.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/cloudevents+xml",
                "application/cloudevents",
                "application/json; charset=utf-16",
                "no media type",
                ""
            })
    void refusesOtherForms(String contentType) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, contentType);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reading.read(headers, bytes("{}")))
                .withMessageContaining("application/cloudevents-batch+json")
                .satisfies(
                        told ->
                                assertThat(told.code())
                                        .isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE));
    }

    @Test
    void refusesCompressedBodies() {
        HttpHeaders headers = headers("application/cloudevents+json");
        headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reading.read(headers, bytes("{}")))
                .withMessageContaining("compressed");
    }

    private void assertMalformed(byte[] body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reading.read(headers(Format.STRUCTURED_TYPE), body))
                .satisfies(told -> assertThat(told.code()).isEqualTo(ProblemCode.MALFORMED_JSON));
    }

    private List<Incoming> structured(String body) {
        return reading.read(headers(Format.STRUCTURED_TYPE), bytes(body));
    }

    private List<Incoming> batch(String body) {
        return reading.read(headers(Format.BATCH_TYPE), bytes(body));
    }

    private static Claim claim(List<Incoming> events) {
        assertThat(events).hasSize(1);
        return (Claim) events.getFirst();
    }

    private static HttpHeaders headers(String contentType) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, contentType);
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
