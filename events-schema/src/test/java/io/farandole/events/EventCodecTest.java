package io.farandole.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.Decoded.Refused;
import io.farandole.events.Decoded.Understood;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCodecTest {

    private static final String RATED =
            """
            {"rated":{"user":"42","offer":"movie-1","value":4.0}}""";

    private final EventCodec codec = new EventCodec();

    @Test
    void readsBackEveryKindThatItWrites() {
        for (Topic<?> topic : TopicCatalogue.all()) {
            for (Event event : Samples.of(topic)) {
                Message<Event> message = Samples.message(topic, event);
                Encoded encoded = codec.encode(message, topic);
                assertThat(
                                codec.decode(
                                        topic,
                                        encoded.attributes(),
                                        encoded.data(),
                                        Samples.RECORDED))
                        .isEqualTo(new Understood<>(message, 0));
                assertThat(encoded.orderingKey()).isEqualTo(topic.subjectOf(event));
            }
        }
    }

    @Test
    void writesTheBodyAsOneMemberNamedByTheKind() {
        Event rated = new InteractionEvent.Rated(new UserId("42"), new OfferId("movie-1"), 4);
        Encoded encoded =
                codec.encode(
                        Samples.message(TopicCatalogue.INTERACTIONS, rated),
                        TopicCatalogue.INTERACTIONS);
        assertThat(new String(encoded.data(), UTF_8)).isEqualTo(RATED);
    }

    @Test
    void completesTheEnvelopeOfASourceEvent() {
        Understood<InteractionEvent> read = understood(RATED, Map.of());
        Envelope envelope = read.message().envelope();
        assertThat(envelope.recordedTime()).isEqualTo(Samples.PUBLISHED);
        assertThat(envelope.causedBy()).isEqualTo(new Cause("app", "1"));
        assertThat(envelope.subject()).isEqualTo("user:42");
        assertThat(envelope.sequence()).isNull();
    }

    @Test
    void doesNotLetAProducerSayWhenItWasRecorded() {
        Understood<InteractionEvent> read =
                understood(RATED, Map.of("ce-recordedtime", "2999-01-01T00:00:00Z"));
        assertThat(read.message().envelope().recordedTime()).isEqualTo(Samples.PUBLISHED);
    }

    @Test
    void countsWhatItDoesNotKnow() {
        Understood<InteractionEvent> read =
                understood(
                        """
                {"future":{"a":[1,{"b":"c"}]},
                 "rated":{"user":"42","mood":{"x":[]},"offer":"movie-1","value":4.0,"more":null}}""",
                        Map.of());
        assertThat(read.unknownFields()).isEqualTo(3);
    }

    @Test
    void takesNumbersAsTextAndOtherSpellings() {
        for (String value : new String[] {"4", "4.0", "\"4.0\"", "\"4e0\"", "400e-2"}) {
            Event event = understood(RATED.replace("4.0", value), Map.of()).message().event();
            assertThat(event)
                    .isEqualTo(
                            new InteractionEvent.Rated(
                                    new UserId("42"), new OfferId("movie-1"), 4));
        }
        for (String quantity : new String[] {"2", "2.0", "\"2\"", "0.2e1"}) {
            Event event =
                    understood(
                                    "{\"bookingMade\":{\"user\":\"42\",\"offer\":\"o\",\"booking\":\"b\",\"quantity\":"
                                            + quantity
                                            + ",\"priceCents\":0}}",
                                    Map.of(
                                            EventAttributes.TYPE,
                                            "io.farandole.interactions.bookingMade.v1"))
                            .message()
                            .event();
            assertThat(event)
                    .isEqualTo(
                            new InteractionEvent.BookingMade(
                                    new UserId("42"), new OfferId("o"), "b", 2, 0));
        }
    }

    @Test
    void takesOtherKindsThatAreNullAsAbsent() {
        assertThat(
                        understood(RATED.replace("{\"rated", "{\"viewed\":null,\"rated"), Map.of())
                                .unknownFields())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                          | $                 | is empty",
                "`{`                                                         | $                 | is not JSON",
                "`{\"rated\":{\"user\":\"42\",\"off`                         | $.rated.user | is not JSON",
                "`{\"rated\":{\"user\":\"4`                                  | $.rated.user      | is not JSON",
                "`[]`                                                        | $                 | is an array, not an object",
                "`\"rated\"`                                                 | $                 | is a string, not an object",
                "`{}`                                                        | $                 | holds no event",
                "`{\"rated\":null}`                                          | $                 | holds no event",
                "`{\"danced\":{}}`                                           | $                 | holds no kind of this topic, but danced",
                "`{\"rated\":[]}`                                            | $.rated           | is an array, not an object",
                "`{\"rated\":{\"user\":\"42\",\"value\":4}}`                 | $.rated.offer     | is missing",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":null}}` | $.rated.value  | is missing",
                "`{\"rated\":{\"user\":42,\"offer\":\"o\",\"value\":4}}`     | $.rated.user      | is a number, not a string",
                "`{\"rated\":{\"user\":\"\",\"offer\":\"o\",\"value\":4}}`   | $.rated.user      | user id is blank",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":9}}` | $.rated.value     | is 9.0, not between 0.5 and 5.0",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":NaN}}` | $.rated.value   | is not JSON",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":\"NaN\"}}` | $.rated.value | is \"NaN\", not a number",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":1e999}}` | $.rated.value | is out of the range of a double",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":true}}` | $.rated.value  | is a boolean, not a number",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":4},\"viewed\":{\"user\":\"42\",\"offer\":\"o\"}}` | $ | holds two kinds, rated and viewed",
                "`{\"rated\":{\"user\":\"42\",\"user\":\"43\",\"offer\":\"o\",\"value\":4}}` | $.rated.user | is not JSON: Duplicate",
                "`{\"rated\":{\"user\":\"42\\u0000\",\"offer\":\"o\",\"value\":4}}` | $.rated.user | holds a NUL character",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":4,\"x\":[\"\\u0000\"]}}` | $.rated | holds a NUL character",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":4,\"\\u0000\":1}}` | $.rated | holds a NUL character",
                "`{\"rated\":{\"user\":\"\\ud83d\",\"offer\":\"o\",\"value\":4}}` | $.rated.user | holds half a surrogate pair",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":4}} x`  | $              | is not JSON",
                "`{\"rated\":{\"user\":\"42\",\"offer\":\"o\",\"value\":4}}{}`  | $              | goes on after the event",
                "`{\"bookingMade\":{\"user\":\"4\",\"offer\":\"o\",\"booking\":\"b\",\"quantity\":1.5,\"priceCents\":0}}` | $.bookingMade.quantity | is no 32-bit integer",
                "`{\"bookingMade\":{\"user\":\"4\",\"offer\":\"o\",\"booking\":\"b\",\"quantity\":2147483648,\"priceCents\":0}}` | $.bookingMade.quantity | is no 32-bit integer",
                "`{\"bookingMade\":{\"user\":\"4\",\"offer\":\"o\",\"booking\":\"b\",\"quantity\":0,\"priceCents\":0}}` | $.bookingMade.quantity | is 0, less than 1",
                "`{\"bookingMade\":{\"user\":\"4\",\"offer\":\"o\",\"booking\":\" \",\"quantity\":1,\"priceCents\":0}}` | $.bookingMade.booking | is blank",
                "`{\"viewed\":{\"user\":\"42\",\"offer\":\"o\"}}`              | attribute ce-type | is io.farandole.interactions.rated.v1, but the body is a io.farandole.interactions.viewed.v1",
            })
    void refusesABodyAndSaysWhere(String body, String place, String reason) {
        Refused<InteractionEvent> refused = refused(body, Map.of());
        assertThat(refused.place()).isEqualTo(place);
        assertThat(refused.reason()).startsWith(reason);
    }

    @Test
    void refusesAnElementOfAListAndSaysWhich() {
        String type = "io.farandole.users.onboardingAnswered.v1";
        for (String bad : new String[] {"\" \"", "null", "7", "\"" + "x".repeat(101) + "\""}) {
            String body =
                    "{\"onboardingAnswered\":{\"user\":\"42\",\"categories\":[\"Drama\","
                            + bad
                            + "]}}";
            assertThat(
                            codec.decode(
                                    TopicCatalogue.USERS,
                                    attributes(Map.of(EventAttributes.TYPE, type)),
                                    body.getBytes(UTF_8),
                                    Samples.PUBLISHED))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.place())
                                            .isEqualTo("$.onboardingAnswered.categories[1]"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ce-id,,is missing",
        "ce-id,' ',is blank",
        "ce-source,,is missing",
        "ce-type,,is missing",
        "ce-type,io.farandole.interactions.rated.v2,is io.farandole.interactions.rated.v2",
        "ce-type,io.farandole.activity.rated.v1,is io.farandole.activity.rated.v1",
        "ce-specversion,,is missing",
        "ce-specversion,0.3,'is 0.3, not 1.0'",
        "ce-time,,is missing",
        "ce-time,yesterday,'is yesterday, not an RFC 3339 instant'",
        "ce-time,2026-02-30T00:00:00Z,'is 2026-02-30T00:00:00Z, not an'",
        "ce-time,+10000-01-01T00:00:00Z,is +10000",
        "ce-recordedtime,0,is 0",
        "ce-subject,user:43,'is user:43, but the body is about user:42'",
        "ce-sequence,-1,is -1",
        "ce-sequence,99999999999999999999,is 99999999999999999999",
        "ce-causedbyid,other,'names another event'",
        "content-type,text/csv,'is text/csv, not application/json'",
    })
    void refusesAnAttributeAndSaysWhich(String name, @Nullable String value, String reason) {
        Map<String, String> attributes = attributes(Map.of());
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
        if (name.equals(EventAttributes.CAUSED_BY_ID)) {
            attributes.put(EventAttributes.CAUSED_BY_SOURCE, "app");
        }
        Decoded<InteractionEvent> decoded =
                codec.decode(
                        TopicCatalogue.INTERACTIONS,
                        attributes,
                        RATED.getBytes(UTF_8),
                        Samples.PUBLISHED);
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.place()).isEqualTo("attribute " + name);
                            assertThat(refused.reason()).startsWith(reason);
                        });
    }

    @Test
    void refusesWhatIsTooLargeTooDeepOrNotUtf8() {
        String deep =
                RATED.replace(
                        "\"value\"",
                        "\"x\":" + "[".repeat(1_000) + "]".repeat(1_000) + ",\"value\"");
        assertThat(refused(deep, Map.of()).place()).isEqualTo("$.rated");
        assertThat(refused(RATED + " ".repeat(EventCodec.LARGEST_BODY), Map.of()).reason())
                .startsWith("the body has 1000");
        assertThat(refused(RATED, Map.of("ce-id", "x".repeat(1_025))).place())
                .isEqualTo("attribute ce-id");
        assertThat(refused(RATED, Map.of("ce-id", "a\u0000")).reason())
                .isEqualTo("holds a control character");
        byte[] latin =
                RATED.replace("movie", "\u00e9t\u00e9")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(
                        codec.decode(
                                TopicCatalogue.INTERACTIONS,
                                attributes(Map.of()),
                                latin,
                                Samples.PUBLISHED))
                .isInstanceOf(Refused.class);
        byte[] utf16 = RATED.getBytes(java.nio.charset.StandardCharsets.UTF_16);
        assertThat(
                        codec.decode(
                                TopicCatalogue.INTERACTIONS,
                                attributes(Map.of()),
                                utf16,
                                Samples.PUBLISHED))
                .isInstanceOf(Refused.class);
    }

    @Test
    void keepsARefusalShortAndHarmless() {
        String reason = refused("{\"" + "\\u0007é".repeat(5_000) + "\":1}", Map.of()).reason();
        assertThat(reason).hasSizeLessThan(310).doesNotContain("\u0007");
    }

    @Test
    void ignoresATraceContextThatIsNone() {
        assertThat(
                        understood(RATED, Map.of(EventAttributes.TRACE_PARENT, "00-junk"))
                                .message()
                                .envelope()
                                .traceParent())
                .isNull();
    }

    @Test
    void readsAnOffsetAndWritesUtc() {
        assertThat(
                        understood(RATED, Map.of(EventAttributes.TIME, "2026-11-22T10:30:00+01:00"))
                                .message()
                                .envelope()
                                .time())
                .isEqualTo(Instant.parse("2026-11-22T09:30:00Z"));
    }

    @Test
    void doesNotWriteWhatItWouldNotRead() {
        Event viewed = new InteractionEvent.Viewed(new UserId("42"), new OfferId("o"));
        Message<Event> message = Samples.message(TopicCatalogue.INTERACTIONS, viewed);
        assertThatThrownBy(() -> codec.encode(message, TopicCatalogue.ACTIVITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not said on topic activity");
        Event other = new InteractionEvent.Favourited(new UserId("42"), new OfferId("o"));
        assertThatThrownBy(
                        () ->
                                codec.encode(
                                        new Message<>(message.envelope(), other),
                                        TopicCatalogue.INTERACTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interactions.viewed.v1");
    }

    @Test
    void findsTopicsByNameAndByType() {
        assertThat(TopicCatalogue.byName("activity")).contains(TopicCatalogue.ACTIVITY);
        assertThat(TopicCatalogue.byName("nothing")).isEmpty();
        assertThat(TopicCatalogue.byType("io.farandole.interactions.rated.v1"))
                .contains(TopicCatalogue.INTERACTIONS);
        assertThat(TopicCatalogue.byType("io.farandole.interactions.rated.v2")).isEmpty();
    }

    private Understood<InteractionEvent> understood(String body, Map<String, String> attributes) {
        Decoded<InteractionEvent> decoded =
                codec.decode(
                        TopicCatalogue.INTERACTIONS,
                        attributes(attributes),
                        body.getBytes(UTF_8),
                        Samples.PUBLISHED);
        assertThat(decoded).isInstanceOf(Understood.class);
        return (Understood<InteractionEvent>) decoded;
    }

    private Refused<InteractionEvent> refused(String body, Map<String, String> attributes) {
        Decoded<InteractionEvent> decoded =
                codec.decode(
                        TopicCatalogue.INTERACTIONS,
                        attributes(attributes),
                        body.getBytes(UTF_8),
                        Samples.PUBLISHED);
        assertThat(decoded).isInstanceOf(Refused.class);
        return (Refused<InteractionEvent>) decoded;
    }

    private static Map<String, String> attributes(Map<String, String> changes) {
        Map<String, String> attributes =
                new HashMap<>(
                        Map.of(
                                EventAttributes.SPEC_VERSION, "1.0",
                                EventAttributes.ID, "1",
                                EventAttributes.SOURCE, "app",
                                EventAttributes.TYPE, "io.farandole.interactions.rated.v1",
                                EventAttributes.TIME, "2026-11-22T09:30:00Z"));
        attributes.putAll(changes);
        return attributes;
    }
}
