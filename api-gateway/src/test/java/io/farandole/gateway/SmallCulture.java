package io.farandole.gateway;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Nine offers and two people, among whom each rule speaks against something. */
public final class SmallCulture {

    private static final JsonMapper JSON = JsonMapper.shared();

    private SmallCulture() {}

    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Puts it in the place of whatever there is. */
    public static void fill(Platform platform) {
        platform.fill(() -> put(platform));
    }

    private static void put(Platform platform) {
        platform.run(
                """
                truncate personalisation.lists, catalogue.items, catalogue.offers, popularity.counted,
                  profile.users, profile.items
                """);
        platform.serveNoRelease();
        offer(
                platform,
                "cine-tonight",
                "film",
                800,
                false,
                hours(3),
                48.853,
                2.349,
                "CINEMA",
                "SEANCE_CINE",
                0);
        offer(
                platform,
                "cine-far",
                "film",
                700,
                false,
                hours(4),
                43.297,
                5.37,
                "CINEMA",
                "SEANCE_CINE",
                0);
        offer(
                platform,
                "theatre",
                "play",
                2_500,
                false,
                hours(5),
                48.85,
                2.339,
                "SPECTACLE",
                "SPECTACLE_REPRESENTATION",
                0);
        offer(
                platform,
                "theatre-over",
                "play-2",
                0,
                false,
                hours(-1),
                48.85,
                2.339,
                "SPECTACLE",
                "SPECTACLE_REPRESENTATION",
                0);
        offer(
                platform,
                "book",
                "isbn-1",
                1_500,
                false,
                null,
                48.84,
                2.33,
                "LIVRE",
                "LIVRE_PAPIER",
                0);
        offer(
                platform,
                "ebook",
                "isbn-2",
                900,
                true,
                null,
                null,
                null,
                "LIVRE",
                "LIVRE_NUMERIQUE",
                0);
        offer(
                platform,
                "free-concert",
                "gig",
                0,
                false,
                hours(30),
                48.86,
                2.36,
                "MUSIQUE",
                "CONCERT",
                0);
        offer(
                platform,
                "adults",
                "show",
                0,
                false,
                hours(6),
                48.85,
                2.34,
                "SPECTACLE",
                "SPECTACLE_REPRESENTATION",
                18);
        offer(
                platform,
                "sold-out",
                "gig-2",
                0,
                false,
                hours(30),
                48.86,
                2.36,
                "MUSIQUE",
                "CONCERT",
                0,
                0);
        platform.put(
                "profile.users",
                7,
                "15",
                """
                {"user":"15","birthDate":"%s","onboarding":["CONCERT"],
                 "movements":[{"told":["%s","app","c1"],"cents":2000}]}
                """
                        .formatted(
                                LocalDate.now(ZoneOffset.UTC).minusYears(15).minusDays(2),
                                now().minusSeconds(9)));
        platform.put("profile.users", 7, "20", user("20", 20, 30_000));
        platform.put(
                "profile.items",
                7,
                "20|isbn-1",
                """
                {"user":"20","item":"isbn-1","bookings":[
                  {"booking":"b1","state":"MADE","priceCents":1500,"quantity":1}]}
                """);
        platform.put(
                "profile.items",
                7,
                "20|gig",
                """
                {"user":"20","item":"gig","bookings":[
                  {"booking":"b2","state":"CANCELLED","priceCents":0,"quantity":1}]}
                """);
        platform.put(
                "personalisation.lists",
                2,
                "15",
                """
                {"user":"15","lists":{"taste":{"release":"taste","version":1,"entries":[
                  {"item":"isbn-1","score":1}]}}}
                """);
        platform.put(
                "personalisation.lists",
                2,
                "20",
                """
                {"user":"20","lists":{"taste":{"release":"taste","version":3,"entries":[
                  {"item":"isbn-2","score":1},{"item":"show","score":0.9},{"item":"isbn-1","score":0.8},
                  {"item":"gig-2","score":0.7},{"item":"play","score":0.6}]}}}
                """);
    }

    public static Instant hours(int ahead) {
        return now().plus(ahead, ChronoUnit.HOURS);
    }

    private static String user(String id, int age, int cents) {
        return """
        {"user":"%s","birthDate":"%s","onboarding":[],"movements":[{"told":["%s","app","c1"],"cents":%d}]}
        """
                .formatted(
                        id,
                        LocalDate.now(ZoneOffset.UTC).minusYears(age).minusDays(2),
                        now().minusSeconds(9),
                        cents);
    }

    private static void offer(
            Platform platform,
            String offer,
            String item,
            int price,
            boolean digital,
            @Nullable Instant starts,
            @Nullable Double latitude,
            @Nullable Double longitude,
            String group,
            String subcategory,
            int age) {
        offer(
                platform,
                offer,
                item,
                price,
                digital,
                starts,
                latitude,
                longitude,
                group,
                subcategory,
                age,
                5);
    }

    private static void offer(
            Platform platform,
            String offer,
            String item,
            int price,
            boolean digital,
            @Nullable Instant starts,
            @Nullable Double latitude,
            @Nullable Double longitude,
            String group,
            String subcategory,
            int age,
            int stock) {
        platform.put(
                "catalogue.items",
                4,
                item,
                "{\"item\":\"%s\",\"title\":\"%s\",\"categories\":[\"%s\"],\"offers\":[\"%s\"]}"
                        .formatted(item, item, group, offer));
        var details = JSON.createObjectNode();
        details.put("subcategory", subcategory).put("searchGroup", group).put("minimumAge", age);
        details.put("latitude", latitude).put("longitude", longitude);
        var value = JSON.createObjectNode();
        value.put("offer", offer).put("item", item).put("priceCents", price);
        value.put("digital", digital).put("stock", stock);
        value.put("startsAt", starts == null ? null : starts.toString());
        value.putArray("listed").add(now().minusSeconds(86_400).toString()).add("app").add(offer);
        value.set("details", details);
        platform.put("catalogue.offers", 4, offer, value.toString());
    }
}
