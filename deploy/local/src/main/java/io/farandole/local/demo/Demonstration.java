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
import io.farandole.local.running.AllInOne;
import io.farandole.orchestrator.keys.ApiKeys;
import io.farandole.orchestrator.keys.Role;
import io.farandole.orchestrator.runs.RunDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Streams a data set through a running platform and takes stock of what became of it. */
public final class Demonstration implements AutoCloseable {

    private final Console console;
    private final Scenario scenario;
    private final AllInOne all;
    private final Tables tables;
    private final Instant start;
    private Instant lastEvents = Instant.MIN;
    private final Map<String, Duration> phases = new LinkedHashMap<>();

    /**
     * @param start when the program was started, from where times are told
     */
    public Demonstration(Console console, Scenario scenario, AllInOne all, Instant start) {
        this.console = console;
        this.scenario = scenario;
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
            checks.addAll(ModelChecks.of(model, scenario.isShort()));
            String user = scenario.shownUser();
            String key = keyFor(api, user, checks);
            checks.addAll(scenario.asked(api, key));
            return new DemoReport(
                    books,
                    rows,
                    user,
                    api.recommendations(user, 10).body(),
                    checks,
                    model,
                    key,
                    firstList.map(this::sinceStart),
                    phases);
        }
    }

    @Override
    public void close() {
        tables.close();
    }

    private Optional<Instant> stream(Api api) throws InterruptedException {
        try (FirstList firstList =
                        new FirstList(
                                tables::someUserWithList,
                                user -> FirstList.isOwn(api.recommendations(user, 1)));
                Importing importing =
                        new Importing(
                                scenario.events(),
                                "127.0.0.1:" + all.ports().pubsub(),
                                AllInOne.PROJECT)) {
            console.say(scenario.announcement());
            Instant before = Instant.now();
            try (Progress _ = console.progress(elapsed -> line(importing, elapsed))) {
                importing.run();
                Instant published = Instant.now();
                phases.put("publish", Duration.between(before, published));
                atRest("to rest");
                lastEvents = scenario.isShort() ? Instant.now() : published;
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
                scenario.events().eventCount(),
                tables.lists(),
                scenario.users().size(),
                tables.deliveries() * 1000 / Math.max(1, elapsed.toMillis()));
    }

    private ServedLists servedLists(Api api, RunDetails model) throws InterruptedException {
        ServedLists served =
                new ServedLists(
                        api,
                        model.release() == null ? ServedLists.TASTE : model.release().release());
        Instant before = Instant.now();
        served.ask(scenario.users());
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
        List<Check> checks = new ArrayList<>(scenario.counted(books, rows));
        checks.add(served.check(scenario.users().size()));
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
                        scenario.isShort()
                                ? "a list was served before all events were applied"
                                : "a list was served while events came in",
                        early,
                        firstList
                                .map(at -> Progress.seconds(sinceStart(at)) + " after the start")
                                .orElse("none")));
        return checks;
    }

    /** Made here, and tried: it lets in, and another secret does not. */
    private String keyFor(Api api, String user, List<Check> checks) {
        String key = new ApiKeys(tables.client()).issue("demo", Set.of(Role.OPERATOR), null).text();
        int right = api.get(api.recommendationsOf(user), key).status();
        int wrong = api.get(api.recommendationsOf(user), key + "x").status();
        checks.add(
                new Check(
                        "the key that was made lets in, and another does not",
                        right == 200 && wrong == 401,
                        right + " and " + wrong));
        return key;
    }

    private Duration sinceStart(Instant instant) {
        return Duration.between(start, instant);
    }
}
