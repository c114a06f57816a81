package io.farandole.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Generational.Listed;
import io.farandole.streams.batch.ComparingGenerations.Comparison;
import io.farandole.streams.batch.ComparingGenerations.Difference;
import io.farandole.streams.batch.ComparingGenerations.Overlap;
import io.farandole.streams.batch.ComparingGenerations.StoreComparison;
import io.farandole.streams.batch.KeptComparison;
import io.farandole.streams.batch.Made;
import io.farandole.streams.batch.RegisteredGenerations.Progress;
import io.farandole.streams.batch.SwitchMade;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of generations, line by line. */
class GenerationsTextTest {

    private static final Instant THEN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Made OLD = new Made("aaaa", "cccc", null, null);
    private static final Made NEW = new Made("aaaa", "dddd", 1L, 4_000L);
    private static final StoreComparison LISTS =
            new StoreComparison(
                    "lists",
                    1_203,
                    1_202,
                    1_200,
                    1,
                    2,
                    1,
                    "1203-a",
                    "1202-b",
                    new Overlap(1_201, 0.9873, 1_190),
                    List.of(
                            new Difference("ann", "[\"a\"]", "[\"b\"]"),
                            new Difference("bob", "x".repeat(301), null)));
    private static final StoreComparison ITEMS =
            new StoreComparison("items", 7, 7, 7, 0, 0, 0, "7-c", "7-c", null, List.of());

    private final StringWriter out = new StringWriter();
    private final Console console =
            new Console(new PrintWriter(out), new PrintWriter(new StringWriter()), false);

    private static Comparison comparison(long behind, long withheld) {
        return new Comparison(
                "personalisation",
                1,
                2,
                behind,
                1,
                3,
                withheld,
                OLD,
                NEW,
                25,
                new TreeMap<>(),
                "e1",
                "e2",
                List.of(ITEMS, LISTS));
    }

    @Test
    void aDiffSaysHowMuchWhereAndOfWhat() {
        GenerationsDiffCommand.say(console, comparison(1_005, 17));

        assertThat(lines())
                .containsExactly(
                        "store  rows of 1  rows of 2  equal  different  missing  added  top 25 in common",
                        "items  7  7  7  0  0  0",
                        "lists  1,203  1,202  1,200  1  2  1  98.7 % of 1,201 keys",
                        "lists ann",
                        "1: [\"a\"]",
                        "2: [\"b\"]",
                        "lists bob",
                        "1: " + "x".repeat(300) + " …",
                        "2: no row",
                        "Generation 2 has not heard 1,005 events that 1 has, and 3 the other way; 1 of the first are not on their way any more.",
                        "17 events of users who asked to be forgotten were left out of generation 2.",
                        "Code: 1 cccc, 2 dddd.",
                        "Read of the archive: 1 none, 2 1 to 4000.",
                        "Checksums: 1 e1, 2 e2: different.");
    }

    @Test
    void aListSaysWhatWasFoundWhoSwitchedAndWhatTheyLetDiffer() {
        Listed retired =
                listed(
                        1,
                        "RETIRED",
                        OLD,
                        null,
                        List.of(new SwitchMade(2, 1, THEN, "paul", 0, 1_000, 0, 0, null, null)));
        Listed active =
                listed(
                        2,
                        "ACTIVE",
                        NEW,
                        new KeptComparison(7, THEN, comparison(1_005, 0)),
                        List.of(new SwitchMade(1, 2, THEN, "marie", 5, 1_000, 0, 0, 4L, 40L)));

        GenerationsListCommand.say(console, List.of(retired, active));

        assertThat(lines())
                .containsExactly(
                        "processor  generation  phase  fed  since  heard  description  code  archive",
                        "personalisation  1  RETIRED  yes  2026-03-01T12:00:00Z  4,000  aaaa  cccc  none",
                        "personalisation  2  ACTIVE  yes  2026-03-01T12:00:00Z  4,000  aaaa  dddd  1 to 4000",
                        "personalisation: switched from 2 to 1 at 2026-03-01T12:00:00Z by paul, who let 1,000 events be behind, 0 lost; nothing was compared.",
                        "personalisation 2, compared with 1 at 2026-03-01T12:00:00Z: 4 of 1,211 keys differ, top 25 of lists in common: 98.7 % of 1,201 keys; 1,005 events behind, 3 ahead.",
                        "personalisation: switched from 1 to 2 at 2026-03-01T12:00:00Z by marie, who let 1,000 events be behind, 0 lost and 40 keys differ: 4 did.");
    }

    private static Listed listed(
            int number,
            String phase,
            Made made,
            @Nullable KeptComparison compared,
            List<SwitchMade> switches) {
        return new Listed(
                "personalisation",
                number,
                phase,
                true,
                THEN.toString(),
                null,
                made,
                List.of(new Progress("activity", 4_000, 0, null, 0, 0)),
                compared,
                switches);
    }

    private List<String> lines() {
        return out.toString()
                .lines()
                .map(line -> line.strip().replaceAll("\\s{2,}", "  "))
                .toList();
    }
}
