package io.farandole.gateway.oracle;

import io.farandole.gateway.Platform;
import io.farandole.gateway.oracle.World.Offer;
import io.farandole.gateway.oracle.World.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the gateway for lists of all kinds, over HTTP, and finds what is wrong with the answers. */
final class Answers implements AutoCloseable {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int PAGES = 4;
    private static final int WHOLE = 100;

    private final Platform platform;
    private final World world;
    private final Oracle oracle;
    private final Map<String, Offer> offers;
    private final Random random;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> answered = new TreeMap<>();

    private Answers(Platform platform, World world) {
        this.platform = platform;
        this.world = world;
        this.oracle = new Oracle(world);
        this.offers =
                world.offers().stream().collect(Collectors.toMap(Offer::id, Function.identity()));
        this.random = world.random();
    }

    /** Puts a world into the place of whatever there is. */
    static Answers of(Platform platform, long seed) {
        World world =
                World.of(seed, Instant.now().truncatedTo(ChronoUnit.SECONDS), LocalDate.now(PARIS));
        platform.serveNoRelease();
        platform.run(world.sql());
        if (seed % 3 > 0) {
            platform.serve("r1", "models/abc");
        }
        return new Answers(platform, world);
    }

    /** How many answers of each address were looked at. */
    Map<String, Integer> answered() {
        return answered;
    }

    /** Of each reason how many offers it alone kept from somebody. */
    Map<String, Integer> alone() {
        Map<String, Integer> alone = new TreeMap<>();
        for (int n = 0; n < WHOLE; n++) {
            User user = anybody();
            Asked asked = Asked.any(random);
            for (Offer offer : world.offers()) {
                List<String> why = oracle.against(offer, user, asked);
                if (why.size() == 1) {
                    alone.merge(why.getFirst(), 1, Integer::sum);
                }
            }
        }
        return alone;
    }

    /** What is the first to be wrong; null if nothing is in so many answers. */
    @Nullable String broken(int requests) throws IOException, InterruptedException {
        for (int n = 0; n < requests; n++) {
            String wrong = anyAnswer();
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable String anyAnswer() throws IOException, InterruptedException {
        User user = random.nextInt(12) == 0 ? null : anybody();
        String name = user == null ? "stranger" : user.id();
        Asked asked = Asked.any(random);
        String query = asked.query(world.now());
        return switch (random.nextInt(9)) {
            case 0, 1 -> ownList(user, name, asked.ofScenario());
            case 2 -> whole("/v1/users/%s/playlists", name, user, asked);
            case 3 -> pages("/v1/users/" + name + "/playlists", user, asked);
            case 4 ->
                    pages(
                            "/v1/playlists",
                            null,
                            asked,
                            "&offers=" + anyOffer().id() + "," + anyOffer().id());
            case 5 ->
                    pages(
                            random.nextBoolean() ? "/v1/popular" : "/v1/trending",
                            user,
                            asked,
                            "&window=28d" + (user == null ? "" : "&user=" + name));
            case 6 -> similar(user, name, asked.ofScenario());
            case 7 -> former(user, name, asked.withoutZone());
            default ->
                    shown(
                            "POST /v1/users/{id}/playlists",
                            post("/v1/users/" + name + "/playlists?limit=30" + query),
                            user,
                            asked);
        };
    }

    /** With the order of the user's list, as far as a scenario has nothing to say to it. */
    private @Nullable String ownList(@Nullable User user, String name, Asked asked)
            throws IOException, InterruptedException {
        int limit = 1 + random.nextInt(30);
        String path =
                "/v1/users/" + name + "/recommendations?limit=" + limit + asked.query(world.now());
        JsonNode answer = get(path);
        String wrong = shown("/v1/users/{id}/recommendations", answer, user, asked);
        if (wrong != null || asked.scenario() != null) {
            return wrong;
        }
        Set<String> may = may(user, asked);
        List<String> expected =
                world.lists().getOrDefault(name, List.of()).stream()
                        .distinct()
                        .filter(may::contains)
                        .limit(limit)
                        .toList();
        return expected.isEmpty() || expected.equals(items(answer))
                ? null
                : path + " shows " + items(answer) + ", not " + expected;
    }

    /** One page that has room for all: exactly what may be shown. */
    private @Nullable String whole(String route, String name, @Nullable User user, Asked asked)
            throws IOException, InterruptedException {
        String path = route.formatted(name) + "?limit=" + WHOLE + asked.query(world.now());
        JsonNode answer = get(path);
        String wrong = shown(route, answer, user, asked);
        if (wrong != null) {
            return wrong;
        }
        Set<String> expected = may(user, asked);
        Set<String> items = new TreeSet<>(items(answer));
        return items.equals(expected) ? null : path + " shows " + items + ", not " + expected;
    }

    private @Nullable String pages(String route, @Nullable User user, Asked asked, String... more)
            throws IOException, InterruptedException {
        Set<String> before = new HashSet<>();
        String path = route + "?limit=5" + asked.query(world.now()) + String.join("", more);
        String after = "";
        for (int page = 0; page < PAGES; page++) {
            JsonNode answer = get(path + after);
            String wrong = shown(route.replaceAll("u\\d+|stranger", "{id}"), answer, user, asked);
            if (wrong != null) {
                return wrong;
            }
            for (String item : items(answer)) {
                if (!before.add(item)) {
                    return path + ", page " + (page + 1) + " shows " + item + " once more";
                }
            }
            if (!answer.has("next")) {
                return null;
            }
            after = "&after=" + answer.path("next").asString();
        }
        return null;
    }

    private @Nullable String similar(@Nullable User user, String name, Asked asked)
            throws IOException, InterruptedException {
        Offer to = anyOffer();
        String of = user == null ? "" : "&user=" + name;
        JsonNode answer =
                get("/v1/offers/" + to.id() + "/similar?limit=10" + of + asked.query(world.now()));
        return items(answer).contains(to.item())
                ? "what is similar to " + to.id() + " has its item " + to.item()
                : shown("/v1/offers/{id}/similar", answer, user, asked);
    }

    private @Nullable String former(@Nullable User user, String name, Asked asked)
            throws IOException, InterruptedException {
        String route =
                List.of("/recommendation/", "/playlist_recommendation/", "/similar_offers/")
                        .get(random.nextInt(3));
        boolean like = route.startsWith("/similar");
        String path =
                route
                        + (like ? anyOffer().id() : name)
                        + "?nbRecoDisplay=40&token="
                        + Platform.OLD_TOKEN
                        + (like && user != null ? "&user_id=" + name : "")
                        + asked.oldQuery(world.now());
        return shown(route + "{id}", get(path), user, asked);
    }

    /** What of an answer may not be shown, or is there twice. */
    private @Nullable String shown(
            String route, JsonNode answer, @Nullable User user, Asked asked) {
        answered.merge(route, 1, Integer::sum);
        String who = " to " + (user == null ? "a stranger" : user) + ", who asks for " + asked;
        for (String id : offers(answer)) {
            Offer offer = offers.get(id);
            if (offer == null) {
                return route + " shows " + id + ", which there is not";
            }
            List<String> why = oracle.against(offer, user, asked);
            if (!why.isEmpty()) {
                return route + " shows " + offer + who + ": " + why;
            }
        }
        List<String> items = items(answer);
        return Set.copyOf(items).size() < items.size()
                ? route + " shows items twice: " + items
                : null;
    }

    private Set<String> may(@Nullable User user, Asked asked) {
        return world.offers().stream()
                .filter(offer -> oracle.may(offer, user, asked))
                .map(Offer::item)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every offer that an answer names. */
    private static List<String> offers(JsonNode answer) {
        List<String> offers = new ArrayList<>();
        entries(answer)
                .forEach(
                        entry -> {
                            if (entry.isString()) {
                                offers.add(entry.asString());
                            } else if (entry.has("offer")) {
                                offers.add(entry.path("offer").asString());
                            } else {
                                entry.path("offers").forEach(one -> offers.add(one.asString()));
                            }
                        });
        return offers;
    }

    private List<String> items(JsonNode answer) {
        return entries(answer)
                .map(
                        entry ->
                                entry.isString()
                                        ? itemOf(entry.asString())
                                        : entry.path("item").asString())
                .toList();
    }

    private String itemOf(String id) {
        Offer offer = offers.get(id);
        return offer == null ? id : offer.item();
    }

    private static Stream<JsonNode> entries(JsonNode answer) {
        return Stream.of(
                        "recommendations",
                        "offers",
                        "similar",
                        "recommended_offers",
                        "playlist_recommended_offers",
                        "results")
                .filter(key -> answer.path(key).isArray())
                .limit(1)
                .flatMap(key -> answer.path(key).valueStream());
    }

    private User anybody() {
        return World.any(world.users(), random);
    }

    private Offer anyOffer() {
        return World.any(world.offers(), random);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(address(path)).build());
    }

    private JsonNode post(String path) throws IOException, InterruptedException {
        return sent(
                HttpRequest.newBuilder(address(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))
                        .build());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + platform.apiPort() + path);
    }

    private JsonNode sent(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    answer.statusCode() + " for " + request + ": " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
