package io.farandole.local.demo;

import io.farandole.local.asking.Api;
import io.farandole.local.importing.EventSet;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.ReadModelRows;
import io.farandole.local.movielens.DataSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Real people's ratings of films. */
public record MovieLensScenario(DataSet dataSet) implements Scenario {

    private static final int SHORT = 20_000;

    @Override
    public EventSet events() {
        return dataSet;
    }

    @Override
    public String announcement() {
        return String.format(
                Locale.ROOT,
                "Publishing %,d events in time order: %,d movies, %,d users, %,d ratings",
                dataSet.eventCount(),
                dataSet.movieCount(),
                dataSet.userCount(),
                dataSet.ratingCount());
    }

    @Override
    public Collection<String> users() {
        return dataSet.users();
    }

    @Override
    public String shownUser() {
        return dataSet.users().contains("42")
                ? "42"
                : dataSet.users().stream().sorted().findFirst().orElse("42");
    }

    @Override
    public boolean isShort() {
        return dataSet.ratingCount() < SHORT;
    }

    @Override
    public List<Check> counted(Books books, ReadModelRows rows) {
        return List.of(
                new Check(
                        "no line of the files was refused",
                        dataSet.refused().isEmpty(),
                        dataSet.refused().size() + " refused"),
                Check.equal(
                        "movies published, by the journal",
                        dataSet.movieCount(),
                        Scenario.published(books, "offers")),
                Check.equal(
                        "users published, by the journal",
                        dataSet.userCount(),
                        Scenario.published(books, "users")),
                Check.equal(
                        "ratings published, by the journal",
                        dataSet.ratingCount(),
                        Scenario.published(books, "interactions")),
                Check.equal(
                        "movies in the catalogue's table",
                        dataSet.movieCount(),
                        rows.catalogueItems()),
                Check.equal(
                        "ratings in the profiles' table",
                        dataSet.ratingCount(),
                        rows.profileItems()),
                Check.equal(
                        "ratings in popularity's windows",
                        dataSet.ratingCount(),
                        rows.popularityRatings()),
                Check.equal("users with a list in the table", dataSet.userCount(), rows.lists()));
    }

    @Override
    public List<Check> asked(Api api, String key) {
        return List.of();
    }
}
