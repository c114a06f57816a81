package io.farandole.gateway.events;

import io.farandole.gateway.problems.Flaw;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** Finds the events in a request; throws a problem when the request as a whole is no such thing. */
final class ReadingRequest {

    /** The attributes that are passed on; CloudEvents lets a receiver leave out others. */
    static final Set<String> ATTRIBUTES =
            Set.of(
                    "specversion",
                    "id",
                    "source",
                    "type",
                    "subject",
                    "time",
                    "datacontenttype",
                    "correlationid",
                    "causationid",
                    "traceparent");

    private static final String HEADER = "ce-";

    // As the events' own codec reads: no duplicates, no depths, no digit lost on the way.
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(64)
                                                    .maxNumberLength(400)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final int largestBatch;

    ReadingRequest(int largestBatch) {
        this.largestBatch = largestBatch;
    }

    List<Incoming> read(HttpHeaders headers, byte[] body) {
        Format format = Format.of(headers);
        JsonNode root = json(body);
        return switch (format) {
            case BINARY -> List.of(binary(headers, root));
            case STRUCTURED -> List.of(structured(0, Place.STRUCTURED, root));
            case BATCH -> batch(root);
        };
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root.isMissingNode()) {
                throw malformed("line 1, column 1", "the body is empty");
            }
            return root;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw malformed(
                    at == null ? "$" : "line " + at.getLineNr() + ", column " + at.getColumnNr(),
                    e instanceof MismatchedInputException
                            ? "it goes on after its end"
                            : Quote.of(e.getOriginalMessage()));
        }
    }

    private List<Incoming> batch(JsonNode root) {
        if (!root.isArray()) {
            throw invalid(
                    "is "
                            + kind(root)
                            + ", not an array; one event alone is sent as "
                            + Format.STRUCTURED_TYPE);
        }
        if (root.size() > largestBatch) {
            throw ProblemException.of(
                    ProblemCode.TOO_LARGE,
                    "The batch holds "
                            + root.size()
                            + " events, at most "
                            + largestBatch
                            + " are allowed; send it in parts",
                    List.of(new Flaw("$", "holds " + root.size() + " events")));
        }
        List<Incoming> events = new ArrayList<>(root.size());
        for (JsonNode event : root) {
            int index = events.size();
            events.add(
                    event.isObject()
                            ? structured(index, Place.inBatch(index), event)
                            : new Refused(
                                    index,
                                    null,
                                    null,
                                    "$[" + index + "]",
                                    "is " + kind(event) + ", not an object"));
        }
        return events;
    }

    private static Incoming structured(int index, Place place, JsonNode event) {
        if (!event.isObject()) {
            throw invalid(
                    "is "
                            + kind(event)
                            + ", not an object"
                            + (event.isArray() ? "; a batch is sent as " + Format.BATCH_TYPE : ""));
        }
        Map<String, String> attributes = new HashMap<>();
        Claim claim = new Claim(index, place, attributes, event.path("data"));
        Refused refused = null;
        for (Map.Entry<String, JsonNode> member : event.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (!ATTRIBUTES.contains(name) || value.isNull()) {
                continue;
            }
            if (value.isString()) {
                attributes.put(name, value.stringValue());
            } else if (refused == null) {
                refused =
                        claim.refused(
                                place.attribute(name), "is " + kind(value) + ", not a string");
            }
        }
        if (refused != null) {
            return claim.refused(refused.place(), refused.reason());
        }
        if (event.hasNonNull("data_base64")) {
            return claim.refused(
                    place.attribute("data_base64"), "is not read here; give data as JSON");
        }
        return claim;
    }

    private static Incoming binary(HttpHeaders headers, JsonNode data) {
        Map<String, String> attributes = new HashMap<>();
        Claim claim = new Claim(0, Place.BINARY, attributes, data);
        for (Map.Entry<String, List<String>> header : headers.headerSet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            String attribute = name.startsWith(HEADER) ? name.substring(HEADER.length()) : name;
            // A trace context may also come as it does with any request.
            boolean meant = name.startsWith(HEADER) || name.equals("traceparent");
            if (!meant || !ATTRIBUTES.contains(attribute) || attribute.equals("datacontenttype")) {
                continue;
            }
            if (header.getValue().size() > 1) {
                return claim.refused("header " + name, "is given more than once");
            }
            try {
                String value =
                        UriUtils.decode(header.getValue().getFirst(), StandardCharsets.UTF_8);
                if (name.startsWith(HEADER)) {
                    attributes.put(attribute, value);
                } else {
                    attributes.putIfAbsent(attribute, value);
                }
            } catch (IllegalArgumentException e) {
                return claim.refused(
                        "header " + name, "has a % that is followed by no two hex digits");
            }
        }
        return claim;
    }

    private static ProblemException malformed(String place, String reason) {
        return ProblemException.of(
                ProblemCode.MALFORMED_JSON,
                "The body is not JSON: " + reason + " (" + place + ")",
                List.of(new Flaw(place, reason)));
    }

    private static ProblemException invalid(String reason) {
        return ProblemException.of(
                ProblemCode.INVALID_EVENT, "The body " + reason, List.of(new Flaw("$", reason)));
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            default -> "no value";
        };
    }
}
