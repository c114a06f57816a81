package io.farandole.processors;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.ConstructorCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Configuration;

/** The walls: processors do not know each other, and their folds know neither clock nor chance. */
@AnalyzeClasses(
        packages = "io.farandole.processors",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ModularityTest {

    private static final String ROOT = "io.farandole.processors.";

    /** What several processors build on; none of these is one. */
    private static final Set<String> SHARED =
            Set.of("archive", "lists", "objects", "steps", "vertex");

    private static final DescribedPredicate<JavaClass> ARE_SHARED =
            DescribedPredicate.describe(
                    "are shared by processors", type -> SHARED.contains(featureOf(type)));

    @ArchTest
    static final ArchRule noProcessorRefersToAnother =
            slices().assignedFrom(
                            new SliceAssignment() {
                                @Override
                                public SliceIdentifier getIdentifierOf(JavaClass type) {
                                    String feature = featureOf(type);
                                    return feature.isEmpty() || SHARED.contains(feature)
                                            ? SliceIdentifier.ignore()
                                            : SliceIdentifier.of(feature);
                                }

                                @Override
                                public String getDescription() {
                                    return "processors";
                                }
                            })
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule whatIsSharedKnowsNoProcessor =
            noClasses()
                    .that(ARE_SHARED)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.farandole.processors.*..").and(not(ARE_SHARED)));

    private static DescribedPredicate<JavaAccess<?>> asks(Map<String, Set<String>> methods) {
        return DescribedPredicate.describe(
                "is one of " + methods,
                access ->
                        methods.getOrDefault(access.getTargetOwner().getName(), Set.of())
                                .contains(access.getName()));
    }

    /** With a zone or without; called or referred to. */
    private static final DescribedPredicate<JavaAccess<?>> ASKS_FOR_NOW =
            DescribedPredicate.describe(
                    "asks java.time for now",
                    access ->
                            access.getName().equals("now")
                                    && access.getTargetOwner()
                                            .getPackageName()
                                            .equals("java.time"));

    private static final DescribedPredicate<JavaAccess<?>> MAKES_A_DATE_OF_NOW =
            DescribedPredicate.describe(
                    "makes a date of now",
                    access ->
                            access.getTargetOwner().getName().equals("java.util.Date")
                                    && access.getTarget() instanceof ConstructorCallTarget made
                                    && made.getRawParameterTypes().isEmpty());

    @ArchTest
    static final ArchRule noFoldReadsAClock =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.processors.*..")
                    .and()
                    .resideOutsideOfPackages("..processors.objects..", "..processors.vertex..")
                    .and()
                    .doNotHaveSimpleName("Announcing")
                    .should()
                    .accessTargetWhere(ASKS_FOR_NOW)
                    .orShould()
                    .accessTargetWhere(
                            asks(
                                    Map.of(
                                            "java.lang.System",
                                            Set.of("currentTimeMillis", "nanoTime"),
                                            "java.util.Calendar",
                                            Set.of("getInstance"))))
                    .orShould()
                    .accessTargetWhere(MAKES_A_DATE_OF_NOW)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(InstantSource.class);

    @ArchTest
    static final ArchRule noFoldThrowsDice =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.processors.*..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(RandomGenerator.class)
                    .orShould()
                    .accessTargetWhere(
                            asks(
                                    Map.of(
                                            "java.util.UUID", Set.of("randomUUID"),
                                            "java.lang.Math", Set.of("random"),
                                            "java.util.Collections", Set.of("shuffle"))));

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
                                    "io.farandole.streams.batch",
                                    "java..",
                                    "javax.sql",
                                    "io.farandole.streams.migrating",
                                    "org.postgresql..",
                                    "org.slf4j",
                                    "org.jspecify.annotations",
                                    "com.fasterxml.jackson.annotation",
                                    "tools.jackson.core..",
                                    "tools.jackson.databind..",
                                    "io.openlineage.client",
                                    "org.duckdb",
                                    "com.google.api..",
                                    "com.google.cloud..",
                                    "com.google.protobuf",
                                    "com.google.pubsub.v1",
                                    "com.google.rpc",
                                    "io.grpc",
                                    "com.sun.net.httpserver",
                                    "org.springframework.beans.factory",
                                    "org.springframework.boot.context.properties..",
                                    "org.springframework.util.unit",
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
                    .doNotHaveSimpleName("ChildTrainer")
                    .and()
                    .doNotHaveSimpleName("Steps")
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.springframework.."));

    @ArchTest
    static final ArchRule foldsKnowNoDatabaseAndNoFile =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..processors.ingestion..",
                            "..processors.catalogue..",
                            "..processors.popularity..",
                            "..processors.profile..",
                            "..processors.personalisation..",
                            "..processors.gate..",
                            "..processors.steps..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "java.sql",
                                    "javax.sql",
                                    "java.net",
                                    "java.io",
                                    "java.nio..",
                                    "org.postgresql..",
                                    "io.farandole.streams.migrating",
                                    "io.farandole.streams.batch"));

    @ArchTest
    static final ArchRule onlyDeploymentKnowsHowBatchesAreLocked =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.processors.*..")
                    .and()
                    .resideOutsideOfPackage("..processors.deployment..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "org.postgresql..",
                                    "io.farandole.streams.migrating",
                                    "io.farandole.streams.batch"));

    @ArchTest
    static final ArchRule onlyTheWarehouseKnowsDuckDb =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..processors.warehouse..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.duckdb.."));

    @ArchTest
    static final ArchRule onlyVertexKnowsVertexAi =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..processors.vertex..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("com.google.cloud.aiplatform.."));

    @ArchTest
    static final ArchRule onlyObjectsKnowCloudStorage =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..processors.objects..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("com.google.cloud.storage.."));

    // What a processor says goes into the outbox; a job has none.
    @ArchTest
    static final ArchRule onlyAJobPublishesItself =
            noClasses()
                    .that()
                    .resideInAPackage("io.farandole.processors.*..")
                    .and()
                    .doNotHaveSimpleName("Announcing")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("com.google.cloud.pubsub..", "com.google.pubsub.."));

    @ArchTest
    static final ArchRule nothingOfAProcessorIsPublic =
            classes()
                    .that(not(resideInAPackage("io.farandole.processors")).and(not(ARE_SHARED)))
                    .and()
                    .areTopLevelClasses()
                    .should()
                    .notBePublic();

    private static String featureOf(JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(ROOT) && name.length() > ROOT.length()
                ? name.substring(ROOT.length(), name.indexOf('.', ROOT.length()))
                : "";
    }
}
