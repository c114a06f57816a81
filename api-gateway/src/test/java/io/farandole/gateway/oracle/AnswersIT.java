package io.farandole.gateway.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.farandole.gateway.OneTry;
import io.farandole.gateway.Platform;
import io.farandole.gateway.eligibility.Rule;
import io.farandole.gateway.playlists.Showable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No answer of any kind, over any of these catalogues, shows anybody what they may not be shown, or
 * an item twice; whole lists show all that they may. Then the rules are taken out of the gateway
 * that runs, one at a time, and it prints by which answer that is noticed.
 */
@OneTry
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersIT {

    private static final int REQUESTS = Boolean.getBoolean("farandole.chaos") ? 2_000 : 150;
    private static final int SEEDS = 4;
    private static final int UNTIL_NOTICED = 400;

    private final Platform platform = Platform.shared();

    @AfterAll
    void withdraw() {
        platform.serveNoRelease();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void showNothingThatMayNotBeShown(long seed) throws IOException, InterruptedException {
        try (Answers answers = Answers.of(platform, seed)) {
            assertThat(answers.broken(REQUESTS)).isNull();
            // Each address has had its turn.
            assertThat(answers.answered()).hasSizeGreaterThanOrEqualTo(9);
        }
    }

    /** Without it the property would hold whatever becomes of some rule. */
    @Test
    void eachReasonAloneKeepsSomethingFromSomebody() {
        Set<String> alone = new HashSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (Answers answers = Answers.of(platform, seed)) {
                alone.addAll(answers.alone().keySet());
            }
        }
        assertThat(alone).isEqualTo(Oracle.REASONS);
    }

    @Test
    void theOracleKnowsNothingOfTheGateway() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "io.farandole.gateway.oracle")
                .because("an oracle that shares code is wrong with it")
                .check(
                        new ClassFileImporter()
                                .importClasses(Oracle.class, World.class, Asked.class));
    }

    private interface Fault {
        Removing planted() throws IOException;
    }

    static Stream<String> rules() {
        return faults().keySet().stream();
    }

    private static Map<String, Fault> faults() {
        Map<String, Fault> faults = new TreeMap<>();
        for (Class<?> rule : Rule.class.getPermittedSubclasses()) {
            faults.put(rule.getSimpleName(), () -> Removing.opinionOf(rule));
        }
        faults.put(
                "one of an item, of candidates",
                () -> Removing.memoryOf(named("playlists.Choosing"), "eligible"));
        faults.put("one of an item, of a list", () -> Removing.distinctOf(Showable.class, "of"));
        return faults;
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName("io.farandole.gateway." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void withoutARuleThatIsNoticed(String rule) throws IOException, InterruptedException {
        String broken = null;
        try (Removing _ = Objects.requireNonNull(faults().get(rule)).planted()) {
            for (long seed = 1; seed <= SEEDS && broken == null; seed++) {
                broken = found(seed);
            }
        }
        System.out.printf("without %s: %s%n", rule, broken);
        assertThat(broken).isNotNull();
    }

    private @Nullable String found(long seed) throws IOException, InterruptedException {
        try (Answers answers = Answers.of(platform, seed)) {
            return answers.broken(UNTIL_NOTICED);
        }
    }
}
