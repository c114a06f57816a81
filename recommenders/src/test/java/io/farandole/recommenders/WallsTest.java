package io.farandole.recommenders;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls: the maths knows files and nothing else. */
@AnalyzeClasses(packages = "io.farandole.recommenders", importOptions = DoNotIncludeTests.class)
class WallsTest {

    @ArchTest
    static final ArchRule noSpringNoNetworkNoDatabase =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.farandole.recommenders..",
                            "java.io..",
                            "java.lang..",
                            "java.math..",
                            "java.nio..",
                            "java.security..",
                            "java.text..",
                            "java.time..",
                            "java.util..",
                            "com.sun.management..",
                            "org.bytedeco..",
                            "tools.jackson..",
                            "com.fasterxml.jackson.annotation..",
                            "org.jspecify.annotations..")
                    .because("a training runs wherever there is a JVM");

    @ArchTest
    static final ArchRule partsDoNotGoInCircles =
            slices().matching("io.farandole.recommenders.(*)..").should().beFreeOfCycles();
}
