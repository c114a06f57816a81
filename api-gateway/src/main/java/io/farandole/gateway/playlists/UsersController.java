package io.farandole.gateway.playlists;

import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.offers.Offers;
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
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The address where operators read what is known of a user. */
@RestController
@Tag(name = "knowledge")
class UsersController {

    private final ReadingUsers users;
    private final Offers offers;
    private final Askings askings;

    UsersController(ReadingUsers users, Offers offers, Askings askings) {
        this.users = users;
        this.offers = offers;
        this.askings = askings;
    }

    @Operation(
            operationId = "user",
            summary = "What of a user rules and lists go by",
            description =
                    "The age in years, not the birth date; how many items the user had, not which. It"
                            + " needs a key of the role operator.")
    @ApiResponse(
            responseCode = "200",
            description = "The user, as of now",
            content = @Content(schema = @Schema(implementation = KnownUser.class)))
    @ApiResponse(
            responseCode = "404",
            description = "Nothing is known of this user, or not yet, or not any more")
    @GetMapping(path = "/v1/users/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<KnownUser> user(
            @Parameter(description = "The user's id.", example = "42") @PathVariable String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        UserId user = Identifier.of("id", id, UserId::new);
        Call call = Call.of(exchange);
        return Mono.zip(users.of(user, call.skips()), offers.all(call.skips()))
                .filter(both -> both.getT1().isKnown())
                .map(
                        both ->
                                KnownUser.of(
                                        user,
                                        both.getT1(),
                                        askings.of(both.getT1(), both.getT2(), Wish.of(1))))
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        ProblemException.of(
                                                ProblemCode.UNKNOWN_USER,
                                                "Nothing is known of this user, or not yet, or not"
                                                        + " any more")));
    }
}
