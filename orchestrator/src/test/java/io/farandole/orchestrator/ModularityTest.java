package io.farandole.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
