package io.farandole.gateway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of each event of a request. */
@Schema(description = "What became of each event of the request, in its order.")
record Receipt(
        @Schema(description = "How many were published.", example = "1") int accepted,
        @Schema(description = "How many were not let in.", example = "1") int refused,
        List<Result> events) {

    static Receipt of(List<Verdict> verdicts) {
        List<Result> results = verdicts.stream().map(Receipt::result).toList();
        int accepted = (int) results.stream().filter(r -> r.status() == Status.ACCEPTED).count();
        return new Receipt(accepted, results.size() - accepted, results);
    }

    private static Result result(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted event ->
                    new Result(
                            event.index(),
                            event.id(),
                            event.source(),
                            Status.ACCEPTED,
                            event.unknownFields() == 0 ? null : event.unknownFields(),
                            null,
                            null);
            case Refused event ->
                    new Result(
                            event.index(),
                            quoted(event.id()),
                            quoted(event.source()),
                            Status.REFUSED,
                            null,
                            event.place(),
                            event.reason());
        };
    }

    private static @Nullable String quoted(@Nullable String foreign) {
        return foreign == null ? null : Quote.of(foreign);
    }

    /** Whether an event was published. */
    enum Status {
        ACCEPTED,
        REFUSED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of one event. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EventResult", description = "What became of one event.")
    record Result(
            @Schema(description = "Which event of the request, from 0.", example = "0") int index,
            @Schema(example = "rating-42-1") @Nullable String id,
            @Schema(example = "my-app") @Nullable String source,
            @Schema(
                            type = "string",
                            allowableValues = {"accepted", "refused"})
                    Status status,
            @Schema(description = "Members of the data that nobody here knows; they are left out.")
                    @Nullable Integer unknownFields,
            @Schema(description = "Of a refused event: where.", example = "$[0].data.value")
                    @Nullable String place,
            @Schema(
                            description = "Of a refused event: what is wrong.",
                            example = "is 7.0, not between 0.5 and 5.0")
                    @Nullable String reason) {}
}
