package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every case on our own server. What differs from the committed table fails: so a rule that is
 * broken is either mended or stands there for all to see.
 */
class ConformanceIT {

    @BeforeAll
    static void saysWhetherThereIsAnEmulator() {
        if (EmulatorJar.find().isEmpty()) {
            Loudly.say(
                    "Google's emulator was NOT FOUND: nothing here checks its column of CONFORMANCE.md.",
                    "It comes with gcloud (gcloud components install pubsub-emulator). Searched: "
                            + EmulatorJar.installations(),
                    "Or say -D" + EmulatorJar.SETTING + "=JAR.");
        }
    }

    @TestFactory
    Stream<DynamicContainer> cases(@TempDir Path directory) {
        Results committed = Table.committed();
        Map<String, String> marks = new TreeMap<>();
        Subjects subjects = new Subjects(directory);
        Stream<DynamicContainer> chapters =
                Stream.of(Chapter.values())
                        .map(
                                chapter ->
                                        DynamicContainer.dynamicContainer(
                                                chapter.title(),
                                                chapter.cases().stream()
                                                        .map(
                                                                one ->
                                                                        test(
                                                                                one, subjects,
                                                                                marks,
                                                                                committed))));
        DynamicTest table =
                DynamicTest.dynamicTest("says what was run", () -> compare(marks, committed));
        return Stream.concat(
                        chapters,
                        Stream.of(DynamicContainer.dynamicContainer("The table", Stream.of(table))))
                .onClose(subjects::close);
    }

    private static DynamicTest test(
            Case one, Subjects subjects, Map<String, String> marks, Results committed) {
        return DynamicTest.dynamicTest(
                one.name(),
                () -> {
                    Verdict verdict = one.on(subjects.of(one.chapter()));
                    marks.put(one.name(), verdict.mark());
                    String expected = committed.ours(one);
                    if (!Table.isToBeRefreshed() && !verdict.mark().equals(expected)) {
                        differs(one, verdict, expected);
                    }
                });
    }

    private static void differs(Case one, Verdict verdict, String expected) {
        String said =
                "%s (%s, %s): CONFORMANCE.md says %s, and it is %s."
                        .formatted(
                                one,
                                one.rule().value(),
                                one.rule().at().url(),
                                expected,
                                verdict.mark());
        switch (verdict) {
            case Verdict.Broken(Throwable how) -> fail(said, how);
            case Verdict.Kept _ ->
                    fail(said + " Refresh the table with -D" + Table.REFRESH + "=true.");
            case Verdict.NotRun(String why) -> fail(said + " It was left out: " + why);
        }
    }

    private static void compare(Map<String, String> marks, Results committed) {
        Results now = new Results(marks, committed.emulator(), committed.emulatorVersion());
        if (Table.isToBeRefreshed()) {
            Table.write(now);
        }
        assertThat(Table.differences(now))
                .as("files to refresh with -D%s=true", Table.REFRESH)
                .isEmpty();
    }
}
