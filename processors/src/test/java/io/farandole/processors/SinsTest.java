package io.farandole.processors;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.farandole.processors.sinning.Clocks;
import io.farandole.processors.sinning.Dice;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the rules about folds find what they forbid. */
class SinsTest {

    @ParameterizedTest
    @MethodSource("clocks")
    void noClockIsOverlooked(String sin) {
        assertFinds(ModularityTest.noFoldReadsAClock, Clocks.class, sin);
    }

    @ParameterizedTest
    @MethodSource("dice")
    void noDiceAreOverlooked(String sin) {
        assertFinds(ModularityTest.noFoldThrowsDice, Dice.class, sin);
    }

    static Stream<String> clocks() {
        return methods(Clocks.class);
    }

    static Stream<String> dice() {
        return methods(Dice.class);
    }

    private static Stream<String> methods(Class<?> sins) {
        return Arrays.stream(sins.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(method -> method.getName());
    }

    private static void assertFinds(ArchRule rule, Class<?> sins, String sin) {
        JavaClasses classes = new ClassFileImporter().importClasses(sins);
        assertThat(rule.evaluate(classes).getFailureReport().getDetails())
                .anyMatch(violation -> violation.contains(sins.getSimpleName() + "." + sin + "("));
    }
}
