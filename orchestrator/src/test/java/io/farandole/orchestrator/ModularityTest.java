package io.farandole.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.farandole.orchestrator.runs.ReadingRuns;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The walls: features do not know each other, and whoever watches runs says nothing. */
@AnalyzeClasses(
        packages = "io.farandole.orchestrator",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ModularityTest {

    @ArchTest
    static final ArchRule featuresShareNothingButPublishing =
            slices().matching("io.farandole.orchestrator.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            DescribedPredicate.alwaysTrue(),
                            JavaClass.Predicates.resideInAPackage(
                                    "io.farandole.orchestrator.publishing"));

    /** Called or referred to. */
    private static final DescribedPredicate<JavaAccess<?>> ASKS_FOR_TIME_OR_CHANCE =
            DescribedPredicate.describe(
                    "asks for the time or for chance",
                    access -> {
                        String owner = access.getTargetOwner().getName();
                        return switch (access.getName()) {
                            case "now" -> owner.startsWith("java.time.");
                            case "currentTimeMillis", "nanoTime" ->
                                    owner.equals("java.lang.System");
                            case "randomUUID" -> owner.equals("java.util.UUID");
                            case "random" -> owner.equals("java.lang.Math");
                            case "getInstance" -> owner.equals("java.util.Calendar");
                            case "shuffle" -> owner.equals("java.util.Collections");
                            default -> false;
                        };
                    });

    private static final DescribedPredicate<JavaClass> READ_RUNS =
            JavaClass.Predicates.belongToAnyOf(ReadingRuns.class)
                    .or(JavaClass.Predicates.simpleNameEndingWith("Configuration"));

    /** What folds runs; who reads them says what is awaited by now. */
    @ArchTest
    static final ArchRule noFoldOfRunsKnowsClockOrChance =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.orchestrator.runs")
                    .and(DescribedPredicate.not(READ_RUNS))
                    .should()
                    .accessTargetWhere(ASKS_FOR_TIME_OR_CHANCE)
                    .orShould()
                    .dependOnClassesThat(
                            JavaClass.Predicates.assignableTo(InstantSource.class)
                                    .or(JavaClass.Predicates.assignableTo(RandomGenerator.class))
                                    .or(READ_RUNS));

    @ArchTest
    static final ArchRule theRunLedgerOnlyListens =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.orchestrator.runs")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.farandole.orchestrator.publishing", "com.google.cloud..");
}
