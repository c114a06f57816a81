package io.farandole.pubsub.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** CONFORMANCE.md, and its summary in README.md: made of what was run, and compared with it. */
final class Table {

    /** The system property under which both are written anew. */
    static final String REFRESH = "farandole.conformance.refresh";

    static final Path WHOLE = Path.of("CONFORMANCE.md");
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- conformance -->\n";
    private static final String END = "<!-- /conformance -->";
    private static final String KEPT = new Verdict.Kept().mark();
    private static final String BROKEN = new Verdict.Broken(new AssertionError()).mark();

    private Table() {}

    static boolean isToBeRefreshed() {
        return Boolean.getBoolean(REFRESH);
    }

    static Results committed() {
        return Files.exists(WHOLE) ? Results.in(read(WHOLE)) : Results.empty();
    }

    static void write(Results results) {
        put(WHOLE, whole(results));
        String readme = read(README);
        put(
                README,
                readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
                        + summary(results)
                        + readme.substring(readme.indexOf(END)));
    }

    /** What of the committed files does not say what these results would. */
    static List<String> differences(Results results) {
        Stream<String> inWhole =
                read(WHOLE).equals(whole(results)) ? Stream.empty() : Stream.of(WHOLE.toString());
        String readme = read(README);
        Stream<String> inReadme =
                readme.contains(BEGIN + summary(results) + END)
                        ? Stream.empty()
                        : Stream.of(README + ", between the marks of conformance");
        return Stream.concat(inWhole, inReadme).toList();
    }

    static String whole(Results results) {
        StringBuilder text =
                new StringBuilder(
                        """
                        # Held to the documentation

                        What Google's public documentation says of Pub/Sub, case by case, and whether pubsub-embedded and Google's
                        emulator, version %s, do it. This file is made by the suite that ran the cases
                        (`src/test/java/io/farandole/pubsub/conformance`): `%s` they do, `%s` they do not, `–` the case was left out: the
                        emulator would need days for it, as it has no clock to move, or the promise is our own and not the documentation's.

                        The build fails where it differs from what was run. `-D%s=true` writes it anew: our column in
                        `./mvnw -pl pubsub-embedded -am verify -Dit.test=ConformanceIT -Dsurefire.failIfNoSpecifiedTests=false`, the
                        emulator's with `-Pchaos` and `EmulatorConformanceIT`.

                        """
                                .formatted(results.emulatorVersion(), KEPT, BROKEN, REFRESH));
        for (Chapter chapter : Chapter.values()) {
            text.append("## ").append(chapter.title()).append("\n\n");
            text.append("| case | the rule | pubsub-embedded | emulator |\n|---|---|---|---|\n");
            for (Case one : chapter.cases()) {
                text.append(
                        "| `%s` | [%s](%s) | %s | %s |%n"
                                .formatted(
                                        one.name(),
                                        one.rule().value().replace("|", "\\|"),
                                        one.rule().at().url(),
                                        results.ours(one),
                                        results.emulator(one)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String summary(Results results) {
        StringBuilder text =
                new StringBuilder(
                        "| | pubsub-embedded | Google's emulator %s |%n|---|---|---|%n"
                                .formatted(results.emulatorVersion()));
        for (Chapter chapter : Chapter.values()) {
            row(text, chapter.title(), chapter.cases(), results);
        }
        row(text, "**all**", Chapter.everything().toList(), results);
        return text.toString();
    }

    private static void row(StringBuilder text, String title, List<Case> cases, Results results) {
        text.append(
                "| %s | %s | %s |%n"
                        .formatted(
                                title,
                                count(cases, results::ours),
                                count(cases, results::emulator)));
    }

    private static String count(List<Case> cases, Function<Case, String> mark) {
        List<String> run =
                cases.stream()
                        .map(mark)
                        .filter(one -> Arrays.asList(KEPT, BROKEN).contains(one))
                        .toList();
        return run.isEmpty()
                ? "–"
                : run.stream().filter(KEPT::equals).count() + " of " + run.size();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " cannot be read: run in the directory of the module", e);
        }
    }

    private static void put(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
