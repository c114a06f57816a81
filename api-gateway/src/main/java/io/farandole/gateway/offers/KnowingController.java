package io.farandole.gateway.offers;

import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.gateway.parameters.Identifier;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The addresses where it can be read what became of what was told of offers. */
@RestController
@Tag(name = "knowledge")
class KnowingController {

    private final ReadingItems reading;

    KnowingController(ReadingItems reading) {
        this.reading = reading;
    }

    @Operation(operationId = "offer", summary = "What is known of an offer")
    @ApiResponse(
            responseCode = "200",
            description = "The offer, as it is this moment, also if it cannot be had any more",
            content = @Content(schema = @Schema(implementation = KnownOffer.class)))
    @ApiResponse(responseCode = "404", description = "Nobody knows this offer, or not yet")
    @GetMapping(path = "/v1/offers/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<KnownOffer> offer(
            @Parameter(description = "The offer's id.", example = "movie-1") @PathVariable
                    String id) {
        return reading.offer(Identifier.of("id", id, OfferId::new).value())
                .switchIfEmpty(unknown(ProblemCode.UNKNOWN_OFFER, "offer"));
    }

    @Operation(operationId = "item", summary = "What is known of an item, with its offers")
    @ApiResponse(
            responseCode = "200",
            description = "The item, as it is this moment",
            content = @Content(schema = @Schema(implementation = KnownItem.class)))
    @ApiResponse(responseCode = "404", description = "Nobody knows this item, or not yet")
    @GetMapping(path = "/v1/items/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<KnownItem> item(
            @Parameter(description = "The item's id.", example = "movie-1") @PathVariable
                    String id) {
        return reading.item(Identifier.of("id", id, ItemId::new))
                .switchIfEmpty(unknown(ProblemCode.UNKNOWN_ITEM, "item"));
    }

    private static <T> Mono<T> unknown(ProblemCode code, String what) {
        return Mono.error(
                () ->
                        ProblemException.of(
                                code,
                                "There is no such "
                                        + what
                                        + "; what was published a moment ago may still be on its"
                                        + " way"));
    }
}
