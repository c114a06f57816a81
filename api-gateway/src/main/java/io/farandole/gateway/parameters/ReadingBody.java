package io.farandole.gateway.parameters;

import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a body of filters: a JSON object, or nothing. */
@Component
public class ReadingBody {

    private static final int LARGEST = 64 * 1024;

    private final JsonMapper json;

    ReadingBody(JsonMapper json) {
        this.json = json;
    }

    /** Empty where there is none, or what is there does not say that it is JSON, as ever. */
    public Mono<Optional<JsonNode>> of(ServerHttpRequest request) {
        return isJson(request.getHeaders().getContentType())
                ? read(request)
                : Mono.just(Optional.empty());
    }

    /** The same, but what says that it is something else is refused: it would not be heard. */
    public Mono<Optional<JsonNode>> ofJson(ServerHttpRequest request) {
        MediaType type = request.getHeaders().getContentType();
        // Some say of a GET of what type the body would be.
        return type == null || isJson(type) || request.getMethod().equals(HttpMethod.GET)
                ? of(request)
                : Mono.error(
                        ProblemException.of(
                                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                                "A body of filters is application/json"));
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type != null && MediaType.APPLICATION_JSON.isCompatibleWith(type);
    }

    private Mono<Optional<JsonNode>> read(ServerHttpRequest request) {
        return Body.of(request, LARGEST, ReadingBody::tooLarge)
                .map(
                        bytes ->
                                bytes.length == 0
                                        ? Optional.<JsonNode>empty()
                                        : Optional.of(object(bytes)));
    }

    private JsonNode object(byte[] bytes) {
        JsonNode body;
        try {
            body = json.readTree(bytes);
        } catch (JacksonException e) {
            throw ProblemException.of(
                    ProblemCode.MALFORMED_JSON, "The body is not JSON: " + e.getOriginalMessage());
        }
        if (!body.isObject()) {
            throw ProblemException.of(
                    ProblemCode.BAD_REQUEST, "The body is not a JSON object of filters");
        }
        return body;
    }

    private static ProblemException tooLarge() {
        return ProblemException.of(
                ProblemCode.TOO_LARGE, "The body has more than " + LARGEST + " bytes");
    }
}
