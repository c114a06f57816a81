package io.farandole.gateway.problems;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Takes a problem from where it is noticed to the one place that writes it. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ProblemCode code;
    private final String detail;
    private final transient List<Flaw> flaws;
    private final transient HttpHeaders headers;

    private ProblemException(
            ProblemCode code,
            String detail,
            List<Flaw> flaws,
            HttpHeaders headers,
            @Nullable Throwable cause) {
        // Without a stack trace: a bad request is ordinary and must be cheap.
        super(detail, cause, false, false);
        this.code = code;
        this.detail = detail;
        this.flaws = List.copyOf(flaws);
        this.headers = headers;
    }

    public static ProblemException of(ProblemCode code, String detail) {
        return of(code, detail, List.of());
    }

    public static ProblemException of(ProblemCode code, String detail, List<Flaw> flaws) {
        return new ProblemException(code, detail, flaws, new HttpHeaders(), null);
    }

    /** For a parameter that is not as it must be. */
    public static ProblemException parameter(String name, String reason) {
        return of(
                ProblemCode.INVALID_PARAMETER,
                name + " " + reason,
                List.of(new Flaw(name, reason)));
    }

    /** For something that is down, and will come back. */
    public static ProblemException unavailable(
            ProblemCode code,
            String detail,
            List<Flaw> flaws,
            Duration retryAfter,
            @Nullable Throwable cause) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        return new ProblemException(code, detail, flaws, headers, cause);
    }

    /** The same, with one more header in the answer. */
    public ProblemException with(String header, String value) {
        HttpHeaders more = new HttpHeaders();
        more.putAll(headers);
        more.set(header, value);
        return new ProblemException(code, detail, flaws, more, getCause());
    }

    public ProblemCode code() {
        return code;
    }

    HttpHeaders headers() {
        return headers;
    }

    Problem problem(String callId, String traceId) {
        return Problem.of(code, detail, callId, traceId, flaws);
    }
}
