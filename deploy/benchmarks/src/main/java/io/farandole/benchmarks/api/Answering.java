package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.load.Kind;
import io.farandole.benchmarks.api.load.Load;
import io.farandole.benchmarks.api.load.Measured;
import io.farandole.benchmarks.api.serving.Gateway;
import io.farandole.benchmarks.api.serving.Platform;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many lists a second, beside a bare endpoint in turn; and what becomes of impressions. */
final class Answering {

    private static final Duration TO_REST = Duration.ofMinutes(3);

    private final Filled filled;
    private final Gateway gateway;
    private final Load load;
    private final Sizes sizes;
    private final Findings findings;
    private final Told told;

    Answering(Filled filled, Gateway gateway, Load load, Sizes sizes, Findings findings)
            throws IOException, SQLException {
        this.filled = filled;
        this.gateway = gateway;
        this.load = load;
        this.sizes = sizes;
        this.findings = findings;
        this.told = new Told(gateway, filled.installation().postgres().ownerDataSource());
    }

    /** That lists are as they have to be. */
    void check() throws IOException, InterruptedException {
        Checking.lists(gateway.port(), filled.culture(), findings);
    }

    void intoOutbox() throws IOException, InterruptedException, SQLException {
        measure("impressions into the outbox", Target.atLeastOfOther(0.4));
        told.restIntoOutbox(findings);
        PlainSelects.measure(filled.installation().postgres(), sizes, findings);
    }

    void withConsumers(Platform platform) throws IOException, InterruptedException {
        Duration before = platform.spent();
        long asked = measure("impressions published and heard", Target.atLeastOfOther(0.2));
        told.restPublished(findings);
        if (!platform.awaitRest(TO_REST)) {
            findings.flaw("impressions were not heard within " + TO_REST.toSeconds() + " s");
        }
        spent("broker and processors, per list", platform.spent().minus(before), asked);
    }

    /** Has it recorded what the API does under load. */
    void record(Path file) throws IOException, InterruptedException {
        warm();
        findings.say("Recording");
        gateway.record(file);
        Measured measured = round(Kind.LIST, sizes.open());
        gateway.recorded();
        findings.row(
                Row.of(
                        "personal lists at 64 connections, recorded",
                        "/s",
                        List.of(measured.perSecond())));
        Layers.tell(file, findings);
    }

    /** Returns how many lists it gave. */
    private long measure(String how, Target target) throws IOException, InterruptedException {
        long answers = warm();
        List<Double> lists = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        long counted = 0;
        Duration ours = Duration.ZERO;
        Duration theirs = Duration.ZERO;
        for (int round = 0; round < sizes.rounds(); round++) {
            bare.add(round(Kind.BARE, sizes.round()).perSecond());
            Duration before = gateway.spent();
            Duration loadBefore = load.spent();
            Measured measured = round(Kind.LIST, sizes.round());
            ours = ours.plus(gateway.spent().minus(before));
            theirs = theirs.plus(load.spent().minus(loadBefore));
            lists.add(measured.perSecond());
            p99.add(measured.p99());
            counted += measured.answers();
            findings.say(
                    String.format(
                            Locale.ROOT,
                            "  %,.0f lists/s, %,.0f bare/s",
                            lists.getLast(),
                            bare.getLast()));
        }
        findings.row(
                Row.of(
                        "personal lists at " + Sizes.CONNECTIONS + " connections, " + how,
                        "/s",
                        lists,
                        bare,
                        target));
        findings.row(Row.of("  p99 of these", "ms", p99));
        spent("the API, per list, " + how, ours, counted);
        spent("who asks, per list, " + how, theirs, counted);
        return answers + counted;
    }

    private long warm() throws IOException, InterruptedException {
        findings.say("  getting warm");
        // Cold, one or the other may come too late; that is not what is measured.
        long answers = load.closed(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp()).answers();
        load.closed(Kind.BARE, Sizes.CONNECTIONS, sizes.warmUp().dividedBy(2));
        return answers + load.closed(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp()).answers();
    }

    private Measured round(Kind kind, Duration time) throws IOException {
        Measured measured = load.closed(kind, Sizes.CONNECTIONS, time);
        if (measured.failures() > 0) {
            findings.flaw(measured.failures() + " requests were not answered with 200: " + kind);
        }
        return measured;
    }

    private void spent(String whose, Duration spent, long lists) {
        findings.limit(
                Row.of(
                        "processor time of " + whose,
                        "µs",
                        List.of(spent.toNanos() / 1e3 / Math.max(1, lists))));
    }
}
