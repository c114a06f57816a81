package io.farandole.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whatever was no success, as RFC 9457 says it; a program can decide by {@link #code()}. */
public final class ApiProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ApiProblem(Problem problem) {
        super(problem.status() + " " + problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    /**
     * The body of a refusal.
     *
     * @param instance the call's id, which is also in the gateway's log, as a URN
     * @param traceId of the trace that the call was part of
     * @param errors what is wrong, each with its place
     */
    record Problem(
            int status,
            @Nullable String code,
            @Nullable String detail,
            @Nullable String instance,
            @Nullable String traceId,
            @Nullable List<Flaw> errors) {}

    /** One thing that is wrong, and where. */
    public record Flaw(@Nullable Integer index, String place, String reason) {}

    public int status() {
        return problem.status();
    }

    /** As {@code invalid-parameter}; empty if something else than the gateway answered. */
    public String code() {
        return problem.code() == null ? "" : problem.code();
    }

    /** Empty if something else than the gateway answered. */
    public String callId() {
        return problem.instance() == null ? "" : problem.instance().replace("urn:uuid:", "");
    }

    /** Of the trace that the call was part of; empty if something else answered. */
    public String traceId() {
        return problem.traceId() == null ? "" : problem.traceId();
    }

    public List<Flaw> errors() {
        return problem.errors() == null ? List.of() : problem.errors();
    }
}
