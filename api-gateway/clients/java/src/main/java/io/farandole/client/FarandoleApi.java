package io.farandole.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * What an app and a producer can ask. Every method throws {@link ApiProblem} for whatever is no
 * success; {@link Farandole} makes one.
 */
@HttpExchange(accept = "application/json")
public interface FarandoleApi {

    /** A user's own list in the release that is served, best first; what is popular without one. */
    @GetExchange("/v1/users/{id}/recommendations")
    Recommendations recommendations(
            @PathVariable("id") String user,
            @RequestParam(value = "limit", required = false) @Nullable Integer limit);

    /** The same in a scenario, one that is configured. */
    @GetExchange("/v1/users/{id}/recommendations")
    Recommendations recommendations(
            @PathVariable("id") String user,
            @RequestParam(value = "limit", required = false) @Nullable Integer limit,
            @RequestParam("scenario") String scenario);

    /**
     * What is similar to an offer.
     *
     * @param user whose age, credit and bookings count; null for somebody of whom nothing is known
     */
    @GetExchange("/v1/offers/{id}/similar")
    SimilarOffers similar(
            @PathVariable("id") String offer,
            @RequestParam(value = "limit", required = false) @Nullable Integer limit,
            @RequestParam(value = "user", required = false) @Nullable String user);

    /**
     * A page of what a user is shown.
     *
     * @param wish by the names that the document lists; {@code after} leads to the next page
     */
    @GetExchange("/v1/users/{id}/playlists")
    PlaylistAnswer playlist(
            @PathVariable("id") String user, @RequestParam Map<String, String> wish);

    /** The same, sent as a body. */
    @PostExchange(url = "/v1/users/{id}/playlists", contentType = "application/json")
    PlaylistAnswer playlist(@PathVariable("id") String user, @RequestBody PlaylistWish wish);

    /** The same for somebody of whom nothing is known but the {@code offers} that they liked. */
    @PostExchange(url = "/v1/playlists", contentType = "application/json")
    PlaylistAnswer playlist(@RequestBody PlaylistWish wish);

    /** The same for somebody of whom nothing is known but the {@code offers} that they liked. */
    @GetExchange("/v1/playlists")
    PlaylistAnswer playlist(@RequestParam Map<String, String> wish);

    /** What everyone likes; {@code wish} by the names that the document lists. */
    @GetExchange("/v1/popular")
    PlaylistAnswer popular(@RequestParam Map<String, String> wish);

    /** What is liked more than before. */
    @GetExchange("/v1/trending")
    PlaylistAnswer trending(@RequestParam Map<String, String> wish);

    @GetExchange("/v1/offers/{id}")
    KnownOffer offer(@PathVariable("id") String offer);

    @GetExchange("/v1/items/{id}")
    KnownItem item(@PathVariable("id") String item);

    /** For operators. */
    @GetExchange("/v1/users/{id}")
    KnownUser user(@PathVariable("id") String user);

    /** Why a user is not shown an offer, or in which place; for operators. */
    @GetExchange("/v1/users/{id}/why-not/{offer}")
    WhyNot whyNot(@PathVariable("id") String user, @PathVariable("offer") String offer);

    /**
     * Publishes events; returns when the broker has them.
     *
     * @param idempotencyKey from which ids follow for events without one; null if all have theirs
     */
    @PostExchange(url = "/v1/events", contentType = "application/cloudevents-batch+json")
    Receipt publish(
            @RequestBody List<CloudEvent> events,
            @RequestHeader(value = "Idempotency-Key", required = false)
                    @Nullable String idempotencyKey);
}
