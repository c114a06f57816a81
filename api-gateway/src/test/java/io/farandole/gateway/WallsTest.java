package io.farandole.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(packages = "io.farandole.gateway", importOptions = DoNotIncludeTests.class)
class WallsTest {

    private static final Set<String> WAITING =
            Set.of("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream");

    @ArchTest
    static final ArchRule nothingBlocks =
            noClasses()
                    .should()
                    .callCodeUnitWhere(
                            DescribedPredicate.<JavaCall<?>>describe(
                                    "it waits for a Mono or a Flux",
                                    call -> waitsForReactor(call.getTarget())))
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(java.util.concurrent.Future.class, "get")
                    .orShould()
                    .callMethod(java.util.concurrent.CompletableFuture.class, "join")
                    .because("a thread that waits here serves many calls");

    @ArchTest
    static final ArchRule knowsNeitherProcessorsNorJdbc =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.farandole.streams..",
                            "io.farandole.processors..",
                            "io.farandole.orchestrator..",
                            "io.farandole.recommenders..",
                            "io.farandole.pubsub..",
                            "io.farandole.postgres..",
                            "java.sql..",
                            "javax.sql..",
                            "org.springframework.jdbc..")
                    .because("they meet in topics and in read models alone");

    @ArchTest
    static final ArchRule featuresDoNotGoInCircles =
            slices().matching("io.farandole.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule oneDoorForEvents =
            classes()
                    .that()
                    .resideInAnyPackage(
                            "io.farandole.gateway.events",
                            "io.farandole.gateway.recommendations",
                            "io.farandole.gateway.similar")
                    .and()
                    .areTopLevelClasses()
                    .should()
                    .notBePublic()
                    .because("a feature is reached over HTTP");

    private static boolean waitsForReactor(CodeUnitCallTarget target) {
        return target.getOwner().getPackageName().startsWith("reactor.")
                && WAITING.contains(target.getName());
    }
}
