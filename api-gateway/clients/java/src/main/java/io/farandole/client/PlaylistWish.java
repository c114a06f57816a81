package io.farandole.client;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a playlist is asked for with; what is not said, nobody cares about. Each method has the name
 * that the API's document has, and gives another wish: one can be kept and gone on from.
 */
public final class PlaylistWish {

    /** Anything. */
    public static final PlaylistWish ANY = new PlaylistWish(Map.of());

    private final Map<String, Object> said;

    private PlaylistWish(Map<String, Object> said) {
        this.said = said;
    }

    /**
     * @param count 1 to 100
     */
    public PlaylistWish limit(int count) {
        return with("limit", count);
    }

    /**
     * @param next as the page before gave it
     */
    public PlaylistWish after(String next) {
        return with("after", next);
    }

    /** What it is to be like. */
    public PlaylistWish offers(String... offers) {
        return with("offers", List.of(offers));
    }

    public PlaylistWish categories(String... any) {
        return with("categories", List.of(any));
    }

    public PlaylistWish subcategories(String... any) {
        return with("subcategories", List.of(any));
    }

    public PlaylistWish searchGroups(String... any) {
        return with("searchGroups", List.of(any));
    }

    public PlaylistWish priceMinCents(int cents) {
        return with("priceMinCents", cents);
    }

    public PlaylistWish priceMaxCents(int cents) {
        return with("priceMaxCents", cents);
    }

    public PlaylistWish startsAfter(Instant time) {
        return with("startsAfter", time.toString());
    }

    public PlaylistWish startsBefore(Instant time) {
        return with("startsBefore", time.toString());
    }

    /** Only what can be had anywhere, or only what cannot. */
    public PlaylistWish digital(boolean anywhere) {
        return with("digital", anywhere);
    }

    /** Only for two, or only for one. */
    public PlaylistWish duo(boolean forTwo) {
        return with("duo", forTwo);
    }

    /**
     * Where the asker is.
     *
     * @param degrees north, WGS 84; {@link #longitude} belongs to it
     */
    public PlaylistWish latitude(double degrees) {
        return with("latitude", degrees);
    }

    /**
     * @param degrees east, WGS 84
     */
    public PlaylistWish longitude(double degrees) {
        return with("longitude", degrees);
    }

    /**
     * @param metres from where the asker is
     */
    public PlaylistWish radius(int metres) {
        return with("radius", metres);
    }

    public PlaylistWish zone(String id) {
        return with("zone", id);
    }

    /**
     * @param kind subcategory, searchGroup, category or none
     */
    public PlaylistWish mixedBy(String kind) {
        return with("mixedBy", kind);
    }

    /**
     * @param order best or distance
     */
    public PlaylistWish sort(String order) {
        return with("sort", order);
    }

    public PlaylistWish scenario(String name) {
        return with("scenario", name);
    }

    public PlaylistWish explain(boolean how) {
        return with("explain", how);
    }

    /** As it is sent. */
    @JsonValue
    Map<String, Object> said() {
        return said;
    }

    private PlaylistWish with(String name, Object value) {
        Map<String, Object> more = new TreeMap<>(said);
        more.put(name, value);
        return new PlaylistWish(more);
    }

    @Override
    public String toString() {
        return "PlaylistWish" + said;
    }
}
