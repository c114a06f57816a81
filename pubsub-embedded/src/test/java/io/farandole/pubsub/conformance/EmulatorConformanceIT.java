package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every case on Google's emulator, where it is found: minutes, for it has to wait in earnest. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class EmulatorConformanceIT {

    @Test
    void emulatorIsAsTheTableSays() {
        EmulatorJar jar =
                EmulatorJar.find()
                        .orElseGet(
                                () -> {
                                    Loudly.say(
                                            "Google's emulator was NOT FOUND, so no case was run on it.");
                                    return abort("there is no emulator");
                                });
        Results committed = Table.committed();
        Map<String, String> marks = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        try (Subject emulator = new EmulatorSubject(jar)) {
            Chapter.everything()
                    .forEach(
                            one -> {
                                Verdict verdict = one.on(emulator);
                                if (!verdict.mark().equals(committed.emulator(one))) {
                                    // it is not the same each time: what counts is the better of
                                    // two
                                    Verdict again = one.on(emulator);
                                    verdict = again instanceof Verdict.Broken ? verdict : again;
                                }
                                marks.put(one.name(), verdict.mark());
                                if (verdict instanceof Verdict.Broken(Throwable how)) {
                                    broken.add(one + ": " + firstLine(how));
                                }
                            });
        }
        Loudly.say(
                "Google's emulator " + jar.version() + " does not keep to the documentation in:");
        Loudly.say(broken.toArray(String[]::new));
        Results now = new Results(committed.ours(), marks, jar.version());
        if (Table.isToBeRefreshed()) {
            Table.write(now);
        }
        assertThat(marks)
                .as("the emulator's marks; refresh the table with -D%s=true", Table.REFRESH)
                .isEqualTo(Table.committed().emulator());
    }

    private static String firstLine(Throwable how) {
        return String.valueOf(how.getMessage()).lines().findFirst().orElse("").strip();
    }
}
