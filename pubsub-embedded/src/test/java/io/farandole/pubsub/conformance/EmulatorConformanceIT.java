package io.farandole.pubsub.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every case on Google's emulator, where it is found: minutes, for it has to wait in earnest. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class EmulatorConformanceIT {

    private static final int AT_ONCE = 6;

    @Test
    @SuppressWarnings("SystemOut") // a log can be turned down
    void emulatorIsAsTheTableSays() {
        EmulatorJar jar = EmulatorJar.find().orElseGet(EmulatorConformanceIT::missing);
        Results committed = Table.committed();
        Map<String, Verdict> verdicts = run(jar, committed);
        List<String> broken =
                Chapter.everything()
                        .flatMap(
                                one ->
                                        requireNonNull(verdicts.get(one.name()))
                                                        instanceof Verdict.Broken(Throwable how)
                                                ? Stream.of(one + ": " + firstLine(how))
                                                : Stream.<String>empty())
                        .toList();
        Loudly.say(
                "Google's emulator %s does otherwise than the documentation in %d cases."
                        .formatted(jar.version(), broken.size()));
        broken.forEach(System.out::println);
        if (Table.isToBeRefreshed()) {
            Table.write(new Results(committed.ours(), marks(verdicts), jar.version()));
        }
        assertThat(marks(verdicts))
                .as("the emulator's marks; refresh the table with -D%s=true", Table.REFRESH)
                .isEqualTo(Table.committed().emulator());
        assertThat(jar.version()).isEqualTo(Table.committed().emulatorVersion());
    }

    private static EmulatorJar missing() {
        Loudly.say("Google's emulator was NOT FOUND, so no case was run on it.");
        return abort("there is no emulator");
    }

    static Map<String, Verdict> run(EmulatorJar jar, Results committed) {
        Map<String, Verdict> verdicts = new ConcurrentSkipListMap<>();
        try (Subject emulator = new EmulatorSubject(jar)) {
            // cases have a project each, and mostly wait: so several go on at once
            try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
                Chapter.everything()
                        .forEach(
                                one ->
                                        threads.execute(
                                                () -> verdicts.put(one.name(), one.on(emulator))));
            }
            // it is not the same each time: what is not as expected has a second try, alone
            Chapter.everything()
                    .filter(one -> !isAsExpected(one, verdicts, committed))
                    .forEach(one -> verdicts.put(one.name(), one.on(emulator)));
        }
        return verdicts;
    }

    private static boolean isAsExpected(
            Case one, Map<String, Verdict> verdicts, Results committed) {
        String mark = requireNonNull(verdicts.get(one.name())).mark();
        String expected = committed.emulator(one);
        return expected.equals(Results.NOT_RUN)
                ? !mark.equals(new Verdict.Broken(new AssertionError()).mark())
                : mark.equals(expected);
    }

    static Map<String, String> marks(Map<String, Verdict> verdicts) {
        Map<String, String> marks = new TreeMap<>();
        verdicts.forEach((name, verdict) -> marks.put(name, verdict.mark()));
        return marks;
    }

    private static String firstLine(Throwable how) {
        return String.valueOf(how.getMessage()).lines().findFirst().orElse("").strip();
    }
}
