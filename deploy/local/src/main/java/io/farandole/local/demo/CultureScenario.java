package io.farandole.local.demo;

import io.farandole.events.TopicCatalogue;
import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.local.culture.Culture;
import io.farandole.local.importing.EventSet;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.ReadModelRows;
import io.farandole.local.running.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A culture that was made up: sessions, books, concerts, and people who may have some of them. */
public record CultureScenario(Culture culture) implements Scenario {

    private static final int SHORT = 1_000;
    private static final int ASKED = 300;

    @Override
    public EventSet events() {
        return culture;
    }

    @Override
    public String announcement() {
        return String.format(
                Locale.ROOT,
                "Publishing %,d events of a culture that was made up: %,d offers of %,d items, %,d"
                        + " users, %,d zones",
                culture.eventCount(),
                culture.offerCount(),
                culture.itemCount(),
                culture.userCount(),
                culture.zones().size());
    }

    @Override
    public void prepare(DataDirectory directory) {
        try {
            Files.writeString(directory.zones(), culture.zonesAsGeoJson());
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, directory.zones() + " cannot be written (" + e + ")", e);
        }
    }

    @Override
    public Collection<String> users() {
        return culture.activeUsers();
    }

    @Override
    public String shownUser() {
        return culture.activeUsers().getFirst();
    }

    @Override
    public boolean isShort() {
        return culture.userCount() < SHORT;
    }

    @Override
    public List<Check> counted(Books books, ReadModelRows rows) {
        return List.of(
                Check.equal(
                        "users' events published, by the journal",
                        culture.count(TopicCatalogue.USERS),
                        Scenario.published(books, "users")),
                Check.equal(
                        "acts published, by the journal",
                        culture.count(TopicCatalogue.INTERACTIONS),
                        Scenario.published(books, "interactions")),
                Check.equal(
                        "items in the catalogue's table",
                        culture.itemCount(),
                        rows.catalogueItems()),
                Check.equal(
                        "users in the profiles' table", culture.userCount(), rows.profileUsers()));
    }

    /** As an old client asks; what is wrong is known from how all of it was made up. */
    @Override
    public List<Check> asked(Api api, String key) {
        List<String> users =
                IntStream.rangeClosed(1, Math.min(ASKED, culture.userCount()))
                        .mapToObj(Integer::toString)
                        .toList();
        List<String> wrongs = new ArrayList<>();
        int empty = 0;
        for (String user : users) {
            Instant now = Instant.now();
            Answer answer = api.get(api.formerListOf(user), key);
            List<String> shown =
                    answer.body()
                            .path("playlist_recommended_offers")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList();
            empty += shown.isEmpty() ? 1 : 0;
            for (String wrong : culture.wrongs(user, shown, now)) {
                wrongs.add("user " + user + ": " + wrong);
            }
        }
        return List.of(
                new Check(
                        "nobody is shown what they may not have, cannot pay, have had, or twice",
                        wrongs.isEmpty(),
                        wrongs.isEmpty()
                                ? users.size() + " lists looked at"
                                : wrongs.size() + " wrong, the first: " + wrongs.getFirst()),
                new Check("and nobody is shown nothing", empty == 0, empty + " empty lists"),
                inZones(api, key));
    }

    /** What is asked for in a zone; of which zone each place is, its corners say. */
    private Check inZones(Api api, String key) {
        int somewhere = 0;
        List<String> wrongs = new ArrayList<>();
        for (String zone : culture.zones()) {
            Answer answer = api.get(api.popularIn(zone), key);
            List<String> shown =
                    answer.body()
                            .path("offers")
                            .valueStream()
                            .map(offer -> offer.path("offer").asString())
                            .toList();
            somewhere += (int) shown.stream().filter(culture::isSomewhere).count();
            culture.outside(zone, shown).forEach(offer -> wrongs.add(offer + " in " + zone));
        }
        return new Check(
                "what is asked for in a zone is there, or can be had anywhere",
                wrongs.isEmpty() && somewhere > 0,
                wrongs.isEmpty()
                        ? somewhere + " offers in " + culture.zones().size() + " zones looked at"
                        : wrongs.size() + " are elsewhere, the first: " + wrongs.getFirst());
    }
}
