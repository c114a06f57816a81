package io.farandole.gateway.problems;

import static io.farandole.gateway.problems.ProblemCode.BAD_REQUEST;
import static io.farandole.gateway.problems.ProblemCode.INTERNAL;
import static io.farandole.gateway.problems.ProblemCode.METHOD_NOT_ALLOWED;
import static io.farandole.gateway.problems.ProblemCode.NOT_ACCEPTABLE;
import static io.farandole.gateway.problems.ProblemCode.NOT_FOUND;
import static io.farandole.gateway.problems.ProblemCode.TOO_LARGE;
import static io.farandole.gateway.problems.ProblemCode.UNSUPPORTED_MEDIA_TYPE;

import io.farandole.gateway.calls.CallId;
import io.farandole.gateway.calls.TraceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns whatever ends a call badly, from a refusal to a fault, into a problem's body. */
// Before the one of Spring Boot, which is at -1.
@Order(-2)
@Component
class WritingProblems implements ErrorWebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(WritingProblems.class);

    private final JsonMapper json;

    WritingProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        String callId = CallId.of(exchange);
        if (response.isCommitted()) {
            log.warn("Call {} failed after its answer had begun: {}", callId, failure.toString());
            return Mono.error(failure);
        }
        ProblemException told = told(failure, callId);
        Problem problem = told.problem(callId, TraceId.of(exchange));
        response.setRawStatusCode(problem.status());
        told.headers().forEach((name, values) -> response.getHeaders().put(name, values));
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = json.writeValueAsBytes(problem);
        response.getHeaders().setContentLength(body.length);
        if (exchange.getRequest().getMethod().equals(HttpMethod.HEAD)) {
            return response.setComplete();
        }
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    private static ProblemException told(Throwable failure, String callId) {
        return switch (failure) {
            case ProblemException told -> {
                if (told.code().status().is5xxServerError()) {
                    log.warn("Call {}: {} ({})", callId, told.getMessage(), reason(told));
                }
                yield told;
            }
            case InvalidMediaTypeException _ ->
                    ProblemException.of(
                            UNSUPPORTED_MEDIA_TYPE, "The header Content-Type names no media type");
            case ErrorResponse told when told.getStatusCode().is4xxClientError() -> refused(told);
            default -> {
                log.error("Call {} failed", callId, failure);
                yield ProblemException.of(
                        INTERNAL, "Something is wrong on our side; the log has this call's id");
            }
        };
    }

    /** What the framework refuses before any of our code sees it. */
    private static ProblemException refused(ErrorResponse told) {
        ProblemCode code =
                switch (HttpStatus.valueOf(told.getStatusCode().value())) {
                    case NOT_FOUND -> NOT_FOUND;
                    case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
                    case NOT_ACCEPTABLE -> NOT_ACCEPTABLE;
                    case UNSUPPORTED_MEDIA_TYPE -> UNSUPPORTED_MEDIA_TYPE;
                    case CONTENT_TOO_LARGE -> TOO_LARGE;
                    default -> BAD_REQUEST;
                };
        String detail =
                switch (code) {
                    case NOT_FOUND -> "No such address; /v3/api-docs lists what there is";
                    case METHOD_NOT_ALLOWED -> "The header Allow names the methods of this address";
                    case NOT_ACCEPTABLE -> "Answers are application/json; ask for that in Accept";
                    default -> "The request breaks the rules of HTTP or of this address";
                };
        ProblemException problem = ProblemException.of(code, detail);
        for (String header : told.getHeaders().headerNames()) {
            problem = problem.with(header, String.join(", ", told.getHeaders().getOrEmpty(header)));
        }
        return problem;
    }

    private static String reason(ProblemException told) {
        Throwable cause = told.getCause();
        return cause == null ? told.code().text() : cause.toString();
    }
}
