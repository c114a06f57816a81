package io.farandole.events;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where protobuf's JSON reader takes what the codec refuses, on purpose: the list in this module's
 * README.
 */
enum Leniency {
    NOT_ONE_KIND,
    MEMBER_MISSING,
    NOT_JSON,
    LOOSE_TYPE,
    LOOSE_NUMBER,
    UNSTORABLE_TEXT,
    NO_FACT;

    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private static final Pattern TYPING =
            Pattern.compile(
                    "is not JSON|is (a|an) |is null|integer|not a number|range|is missing|NUL|surrogate pair");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?");

    /**
     * Which of them explains this refusal of what protobuf understood as {@code message}; each is
     * looked at anew.
     */
    static Optional<Leniency> explaining(
            String body, Message message, Topic<?> topic, String place, String reason) {
        JsonNode json = strict(body);
        if (json == null) {
            return Optional.of(NOT_JSON);
        }
        if (holds(json, Leniency::unstorable)) {
            return Optional.of(UNSTORABLE_TEXT);
        }
        if (message.getAllFields().size() != 1) {
            return Optional.of(NOT_ONE_KIND);
        }
        FieldDescriptor kind = message.getAllFields().keySet().iterator().next();
        JsonNode event = json.get(kind.getName());
        Kind record =
                topic.kinds().stream()
                        .filter(candidate -> candidate.name().equals(kind.getName()))
                        .findFirst()
                        .orElseThrow();
        boolean complete =
                record.fields().stream()
                        .filter(Kind.Field::required)
                        .allMatch(field -> event.hasNonNull(field.name()));
        if (!complete && place.chars().filter(c -> c == '.').count() == 2) {
            return Optional.of(MEMBER_MISSING);
        }
        for (Kind.Field field : record.fields()) {
            JsonNode value = event.get(field.name());
            if (value != null && !value.isNull()) {
                for (JsonNode single : field.repeated() ? value.values() : List.of(value)) {
                    Optional<Leniency> leniency = typing(field.form(), single);
                    if (leniency.isPresent()) {
                        return leniency;
                    }
                }
            }
        }
        // Well-formed, whole and well-typed: what is left is what the record itself says is no
        // fact.
        boolean aboutAMember = place.startsWith("$." + kind.getName() + ".");
        return aboutAMember && !TYPING.matcher(reason).find()
                ? Optional.of(NO_FACT)
                : Optional.empty();
    }

    private static Optional<Leniency> typing(Kind.Form form, JsonNode value) {
        return switch (form) {
            case TEXT, DATE, INSTANT ->
                    value.isString() ? Optional.empty() : Optional.of(LOOSE_TYPE);
            case FLAG -> value.isBoolean() ? Optional.empty() : Optional.of(LOOSE_TYPE);
            case INTEGER, REAL -> {
                if (value.isNumber()) {
                    yield Optional.empty();
                }
                if (!value.isString()) {
                    yield Optional.of(LOOSE_TYPE);
                }
                yield NUMBER.matcher(value.asString()).matches()
                        ? Optional.empty()
                        : Optional.of(LOOSE_NUMBER);
            }
        };
    }

    private static @Nullable JsonNode strict(String body) {
        try {
            JsonNode json = STRICT.readTree(body);
            return json.isObject() ? json : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    private static boolean holds(JsonNode json, Predicate<String> flaw) {
        return (json.isString() && flaw.test(json.asString()))
                || json.propertyNames().stream().anyMatch(flaw)
                || json.values().stream().anyMatch(value -> holds(value, flaw));
    }

    private static boolean unstorable(String text) {
        return text.indexOf(0) >= 0
                || text.codePoints()
                        .anyMatch(
                                c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
