package io.farandole.gateway.problems;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every kind of problem that the API tells of; a program can decide by it. */
public enum ProblemCode {
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood"),
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is not valid"),
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not JSON"),
    INVALID_EVENT(HttpStatus.BAD_REQUEST, "No event was accepted"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Who asks is not known"),
    ROLE_MISSING(HttpStatus.FORBIDDEN, "This key may not do that"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    UNKNOWN_OFFER(HttpStatus.NOT_FOUND, "Nobody knows this offer"),
    UNKNOWN_ITEM(HttpStatus.NOT_FOUND, "Nobody knows this item"),
    UNKNOWN_USER(HttpStatus.NOT_FOUND, "Nobody knows this user"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not allowed here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer cannot be given in that form"),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is in a form that is not read here"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    STORE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE, "The store of recommendations does not answer"),
    DEADLINE_MISSED(HttpStatus.SERVICE_UNAVAILABLE, "No answer came together in time"),
    BROKER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The broker did not acknowledge"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "A fault of ours");

    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As it is written in a body: {@code invalid-parameter}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
