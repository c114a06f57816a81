package io.farandole.local.demo;

import io.farandole.local.asking.Api;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.importing.Importing;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.ReadModelRows;
import io.farandole.local.inspecting.Rest;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.inspecting.Verification;
import io.farandole.local.movielens.DataSet;
import io.farandole.local.running.AllInOne;
import io.farandole.orchestrator.ledger.Account;
import io.farandole.orchestrator.runs.RunDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Streams a data set through a running platform and takes stock of what became of it. */
public final class Demonstration implements AutoCloseable {

    private static final int SHORT = 20_000;

    private final Console console;
    private final DataSet dataSet;
    private final AllInOne all;
    private final Tables tables;
    private final Instant start;
    private Instant lastEvents = Instant.MIN;
    private final Map<String, Duration> phases = new LinkedHashMap<>();

    /**
     * @param start when the program was started, from where times are told
     */
    public Demonstration(Console console, DataSet dataSet, AllInOne all, Instant start) {
        this.console = console;
        this.dataSet = dataSet;
        this.all = all;
        this.tables = Tables.in(all.directory());
        this.start = start;
    }

    public DemoReport run() throws InterruptedException {
        try (Api api = new Api(all.ports())) {
            Optional<Instant> firstList = stream(api);
            boolean early = firstList.filter(at -> at.isBefore(lastEvents)).isPresent();
            RunDetails model = train();
            Books books = atRest("the books");
            ReadModelRows rows = tables.readModels();
            console.say("Verifying: every row is computed again from the archive, by other code");
            Instant before = Instant.now();
            Verification verification = Verification.by(api);
            phases.put("verify", Duration.between(before, Instant.now()));
            ServedLists served = servedLists(api, model);
            List<Check> checks =
                    new ArrayList<>(checks(books, rows, verification, served, firstList, early));
            checks.addAll(ModelChecks.of(model, isShort()));
            String user = shownUser();
            return new DemoReport(
                    books,
                    rows,
                    user,
                    api.recommendations(user, 10).body(),
                    checks,
                    model,
                    firstList.map(this::sinceStart),
                    phases);
        }
    }

    @Override
    public void close() {
        tables.close();
    }

    private Optional<Instant> stream(Api api) throws InterruptedException {
        try (FirstList firstList = new FirstList(tables, api);
                Importing importing =
                        new Importing(
                                dataSet, "127.0.0.1:" + all.ports().pubsub(), AllInOne.PROJECT)) {
            console.say(
                    String.format(
                            Locale.ROOT,
                            "Publishing %,d events in time order: %,d movies, %,d users, %,d ratings",
                            dataSet.eventCount(),
                            dataSet.movieCount(),
                            dataSet.userCount(),
                            dataSet.ratingCount()));
            Instant before = Instant.now();
            try (Progress _ = console.progress(elapsed -> line(importing, elapsed))) {
                importing.run();
                Instant published = Instant.now();
                phases.put("publish", Duration.between(before, published));
                atRest("to rest");
                lastEvents = isShort() ? Instant.now() : published;
            }
            return firstList.servedAt();
        }
    }

    private RunDetails train() throws InterruptedException {
        Instant before = Instant.now();
        RunDetails model = new ModelLife(console, all, tables).live();
        phases.put("model's life", Duration.between(before, Instant.now()));
        return model;
    }

    private Books atRest(String phase) throws InterruptedException {
        Instant before = Instant.now();
        Books books = new Rest(all.directory(), tables).await();
        phases.put(phase, Duration.between(before, Instant.now()));
        return books;
    }

    private String line(Importing importing, Duration elapsed) {
        long published = importing.acknowledged();
        return String.format(
                Locale.ROOT,
                "published %,d of %,d · lists %,d of %,d · %,d events applied/s",
                published,
                dataSet.eventCount(),
                tables.lists(),
                dataSet.userCount(),
                tables.deliveries() * 1000 / Math.max(1, elapsed.toMillis()));
    }

    private ServedLists servedLists(Api api, RunDetails model) throws InterruptedException {
        ServedLists served =
                new ServedLists(
                        api,
                        model.release() == null ? ServedLists.TASTE : model.release().release());
        Instant before = Instant.now();
        served.ask(dataSet.users());
        phases.put("ask for every list", Duration.between(before, Instant.now()));
        return served;
    }

    private List<Check> checks(
            Books books,
            ReadModelRows rows,
            Verification verification,
            ServedLists served,
            Optional<Instant> firstList,
            boolean early) {
        List<Check> checks = new ArrayList<>();
        checks.add(
                new Check(
                        "no line of the files was refused",
                        dataSet.refused().isEmpty(),
                        dataSet.refused().size() + " refused"));
        checks.add(
                Check.equal(
                        "movies published, by the journal",
                        dataSet.movieCount(),
                        published(books, "offers")));
        checks.add(
                Check.equal(
                        "users published, by the journal",
                        dataSet.userCount(),
                        published(books, "users")));
        checks.add(
                Check.equal(
                        "ratings published, by the journal",
                        dataSet.ratingCount(),
                        published(books, "interactions")));
        checks.add(
                Check.equal(
                        "movies in the catalogue's table",
                        dataSet.movieCount(),
                        rows.catalogueItems()));
        checks.add(
                Check.equal(
                        "ratings in the profiles' table",
                        dataSet.ratingCount(),
                        rows.profileItems()));
        checks.add(
                Check.equal(
                        "ratings in popularity's windows",
                        dataSet.ratingCount(),
                        rows.popularityRatings()));
        checks.add(
                Check.equal("users with a list in the table", dataSet.userCount(), rows.lists()));
        checks.add(served.check(dataSet.userCount()));
        checks.add(
                new Check(
                        "the books balance to the event",
                        books.atRest(),
                        books.balance() ? "balanced" : "not balanced"));
        checks.add(
                new Check(
                        "the state computed again is the same",
                        verification.isClean(),
                        verification.summary()));
        checks.add(
                new Check(
                        isShort()
                                ? "a list was served before all events were applied"
                                : "a list was served while events came in",
                        early,
                        firstList
                                .map(at -> Progress.seconds(sinceStart(at)) + " after the start")
                                .orElse("none")));
        return checks;
    }

    /** So few ratings are all published before the first has gone the whole way. */
    private boolean isShort() {
        return dataSet.ratingCount() < SHORT;
    }

    private static long published(Books books, String topic) {
        return books.accounts().stream()
                .filter(account -> account.topic().equals(topic))
                .mapToLong(Account::distinctPublished)
                .max()
                .orElse(0);
    }

    private Duration sinceStart(Instant instant) {
        return Duration.between(start, instant);
    }

    private String shownUser() {
        return dataSet.users().contains("42")
                ? "42"
                : dataSet.users().stream().sorted().findFirst().orElse("42");
    }
}
