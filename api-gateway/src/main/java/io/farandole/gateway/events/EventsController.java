package io.farandole.gateway.events;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.parameters.Body;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The address where producers bring events. */
@RestController
@Tag(name = "events")
class EventsController {

    private final Accepting accepting;
    private final DataSize largestBody;

    EventsController(Accepting accepting, GatewaySettings settings) {
        this.accepting = accepting;
        this.largestBody = settings.events().largestBody();
    }

    @Operation(
            operationId = "publishEvents",
            summary = "Publish source events",
            description =
                    """
                    CloudEvents 1.0 in structured, batch or binary mode. `type` names topic and kind, \
                    `io.farandole.<topic>.<kind>.v1`; producers say `users`, `offers` and `interactions`. \
                    `data` is the kind's body; members that nobody knows are left out and counted.

                    Each event is looked at by itself: the good ones are published though others are \
                    refused. 202 and 207 come only when the broker has acknowledged every good one.

                    An event is known by `source` and `id`: sent again, it is accepted again, and counts \
                    once. So after a 503, or no answer at all, send the same request again.

                    With the header `Idempotency-Key` events may leave out their `id`: it follows from \
                    the key, the event's place in the request and what it says, and is in the answer. \
                    The same key and body give the same ids, whenever and wherever they are sent again; \
                    nothing is kept of them here. Another body with the same key gives other ids.

                    Without `time`, the event happened now. `subject` may be left out; it follows from \
                    the data. Of other attributes, `correlationid`, `causationid` and `traceparent` are \
                    passed on.""",
            parameters = {
                @Parameter(
                        in = ParameterIn.HEADER,
                        name = IdempotencyKey.HEADER,
                        description =
                                "Gives ids to events that have none: 8 to 200 characters of ASCII"
                                        + " without spaces, another for each request.",
                        example = "8e03978e-40d5-43dd-bc93-6894a57f9324",
                        schema = @Schema(type = "string", minLength = 8, maxLength = 200)),
                @Parameter(
                        in = ParameterIn.HEADER,
                        name = "ce-specversion",
                        description = "Binary mode only.",
                        example = "1.0",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.HEADER,
                        name = "ce-id",
                        description = "Binary mode only: unique within the source.",
                        example = "rating-42-1",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.HEADER,
                        name = "ce-source",
                        description = "Binary mode only: who says it.",
                        example = "my-app",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.HEADER,
                        name = "ce-type",
                        description = "Binary mode only.",
                        example = "io.farandole.interactions.rated.v1",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.HEADER,
                        name = "ce-time",
                        description = "Binary mode only: when it happened; now, if left out.",
                        example = "2026-11-22T12:00:00Z",
                        schema = @Schema(type = "string", format = "date-time"))
            })
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = Format.STRUCTURED_TYPE,
                        schema = @Schema(implementation = CloudEvent.class),
                        examples =
                                @ExampleObject(
                                        name = "rated",
                                        ref = "#/components/examples/rated")),
                @Content(
                        mediaType = Format.BATCH_TYPE,
                        array = @ArraySchema(schema = @Schema(implementation = CloudEvent.class)),
                        examples =
                                @ExampleObject(
                                        name = "batch",
                                        ref = "#/components/examples/batch")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(type = "object"),
                        examples =
                                @ExampleObject(name = "data", ref = "#/components/examples/data"))
            })
    @ApiResponse(
            responseCode = "202",
            description = "All are published and acknowledged",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Receipt.class)))
    @ApiResponse(
            responseCode = "207",
            description = "Some of a batch are published and acknowledged, others refused",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Receipt.class)))
    @ApiResponse(
            responseCode = "400",
            description = "None was published; `errors` has index, place and reason")
    @ApiResponse(responseCode = "413", description = "The body or the batch is too large")
    @ApiResponse(responseCode = "415", description = "The body is in another form")
    @ApiResponse(
            responseCode = "503",
            description = "The broker did not acknowledge in time; to send the same again is safe")
    @PostMapping(path = "/v1/events")
    Mono<ResponseEntity<Receipt>> publish(@Parameter(hidden = true) ServerHttpRequest request) {
        // Before the body: nobody should send a megabyte to hear that it is not read.
        Format.of(request.getHeaders());
        return Body.of(request, (int) largestBody.toBytes(), this::tooLarge)
                // Reading a thousand events takes a while; the threads of the sockets do not have
                // it.
                .publishOn(Schedulers.parallel())
                .flatMap(body -> accepting.accept(request.getHeaders(), body))
                .map(
                        receipt ->
                                ResponseEntity.status(
                                                receipt.refused() == 0
                                                        ? HttpStatus.ACCEPTED
                                                        : HttpStatus.MULTI_STATUS)
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .body(receipt));
    }

    private ProblemException tooLarge() {
        return ProblemException.of(
                ProblemCode.TOO_LARGE,
                "The body has more than "
                        + largestBody.toBytes()
                        + " bytes; send the events in smaller batches");
    }
}
