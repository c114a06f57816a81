package io.farandole.processors;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Configuration;

/** The walls: processors do not know each other, and their folds know neither clock nor chance. */
@AnalyzeClasses(
        packages = "io.farandole.processors",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ModularityTest {

    @ArchTest
    static final ArchRule noProcessorRefersToAnother =
            slices().matching("io.farandole.processors.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule noFoldReadsAClock =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.processors.*..")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(LocalDate.class, "now")
                    .orShould()
                    .callMethod(LocalDateTime.class, "now")
                    .orShould()
                    .callMethod(OffsetDateTime.class, "now")
                    .orShould()
                    .callMethod(ZonedDateTime.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule noFoldThrowsDice =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.processors.*..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Random.class, ThreadLocalRandom.class, RandomGenerator.class)
                    .orShould()
                    .callMethod(UUID.class, "randomUUID")
                    .orShould()
                    .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule processorsDependOnlyOnWhatTheyNeed =
            classes()
                    .that()
                    .resideInAPackage("io.farandole.processors.*..")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    "io.farandole.processors.*..",
                                    "io.farandole.events",
                                    "io.farandole.streams",
                                    "io.farandole.recommenders..",
                                    "io.farandole.streams.running",
                                    "java..",
                                    "org.jspecify.annotations",
                                    "com.fasterxml.jackson.annotation",
                                    "tools.jackson.databind..",
                                    "org.springframework.boot.context.properties..",
                                    "org.springframework.cloud.function.context",
                                    "org.springframework.context.annotation"));

    @ArchTest
    static final ArchRule springIsOnlyInConfigurations =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.processors.*..")
                    .and()
                    .areNotAnnotatedWith(Configuration.class)
                    .and()
                    .haveSimpleNameNotEndingWith("Settings")
                    .and()
                    .doNotHaveSimpleName("Steps")
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.springframework.."));

    @ArchTest
    static final ArchRule databaseIsOnlyInTheLoadingOfReferences =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.processors.*..")
                    .and()
                    .haveSimpleNameNotEndingWith("Loading")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("java.sql", "javax.sql", "java.net", "java.io"));

    @ArchTest
    static final ArchRule nothingOfAProcessorIsPublic =
            classes()
                    .that(not(resideInAPackage("io.farandole.processors")))
                    .and()
                    .areTopLevelClasses()
                    .should()
                    .notBePublic();
}
