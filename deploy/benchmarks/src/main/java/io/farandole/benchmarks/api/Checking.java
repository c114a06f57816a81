package io.farandole.benchmarks.api;

import io.farandole.benchmarks.report.Findings;
import io.farandole.local.culture.Culture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether lists are as the culture's making wants them, before anything is measured of them. */
final class Checking {

    private static final int USERS = 50;
    private static final int LIMIT = 20;

    private Checking() {}

    static void lists(int port, Culture culture, Findings findings)
            throws IOException, InterruptedException {
        int own = 0;
        int users = Math.min(USERS, culture.userCount());
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int user = 1; user <= users; user++) {
                JsonNode list =
                        get(
                                client,
                                "http://127.0.0.1:"
                                        + port
                                        + "/v1/users/"
                                        + user
                                        + "/playlists?latitude=48.85&longitude=2.35&limit="
                                        + LIMIT);
                List<String> shown =
                        list.path("offers")
                                .valueStream()
                                .map(offer -> offer.path("offer").asString(""))
                                .toList();
                own += list.path("params").path("origin").asString("").equals("own-list") ? 1 : 0;
                if (shown.isEmpty()) {
                    findings.flaw("user " + user + " is shown nothing");
                }
                List<String> wrongs = culture.wrongs(Integer.toString(user), shown);
                if (!wrongs.isEmpty()) {
                    findings.flaw("user " + user + ": " + wrongs.getFirst());
                }
            }
        }
        if (own == 0) {
            findings.flaw("nobody has a list of their own");
        }
        findings.say(
                String.format(
                        Locale.ROOT,
                        "  %d lists looked at, %d of them the users' own",
                        users,
                        own));
    }

    private static JsonNode get(HttpClient client, String address)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(address)).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answers " + answer.statusCode());
        }
        return JsonMapper.shared().readTree(answer.body());
    }
}
