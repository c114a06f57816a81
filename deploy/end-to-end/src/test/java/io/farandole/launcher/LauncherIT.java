package io.farandole.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.launcher.StubMachine.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command finds a JDK or says why not, builds once, and then is the program. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherIT {

    @TempDir Path home;

    private StubMachine machine;

    @BeforeEach
    void makeTheMachine() throws IOException {
        machine = new StubMachine(home);
    }

    @Test
    void saysWhatItLookedAtWhenThereIsNoJdk() throws Exception {
        Path old = machine.jdk("17.0.9");
        Path withoutCompiler = machine.jre("26");

        Outcome outcome = machine.with("JAVA_HOME", old).run("demo");

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.output())
                .contains("no JDK 25 or later was found")
                .contains("JAVA_HOME: " + old + ": version 17.0.9, too old")
                .contains(withoutCompiler + ": version 26, but without javac")
                .contains("Not set: FARANDOLE_JAVA_HOME")
                .contains("FARANDOLE_JAVA_HOME=/path/to/jdk-25 ./farandole demo");
        assertThat(machine.builds()).isZero();
    }

    @Test
    void prefersTheNamedJdkThenTheNearestToWhatWasTested() throws Exception {
        machine.built();
        machine.jdk("26.0.1");
        machine.jdk("25.0.3");
        assertThat(machine.run("status").output()).contains("java 25.0.3");

        Path named = machine.jdk("27");
        assertThat(machine.with("FARANDOLE_JAVA_HOME", named).run("status").output())
                .contains("java 27");
    }

    @Test
    void looksBehindTheFirstJavaOnThePath() throws Exception {
        machine.built();
        Path old = machine.jdk("21.0.2");
        Path right = machine.jdk("25.0.3");
        machine.with("FARANDOLE_JDK_PLACES", home.resolve("nothing"))
                .with("PATH", old + "/bin:" + right + "/bin:" + home.toRealPath().resolve("bin"));

        assertThat(machine.run("status").output()).contains("java 25.0.3");
    }

    @Test
    void asksAShimOnThePathWhereItsJdkIs() throws Exception {
        machine.built();
        Path right = machine.jdk("25.0.3");
        machine.tool("java", "echo '    java.home = " + right + "' >&2");
        machine.with("FARANDOLE_JDK_PLACES", home.resolve("nothing"));

        assertThat(machine.run("status").output()).contains("java 25.0.3");
    }

    @Test
    void speaksUtf8WhereTheLocaleDoesNot() throws Exception {
        machine.built();
        machine.jdk("25.0.3");
        machine.tool(
                "locale",
                "if [ $1 = -a ]; then printf 'C\\nC.utf8\\nPOSIX\\n'; else echo ${CHARMAP-ANSI}; fi");

        assertThat(machine.run("status").output()).contains("in C.utf8");
        assertThat(machine.with("CHARMAP", "UTF-8").run("status").output())
                .doesNotContain("C.utf8");
    }

    @Test
    void aNamedJdkThatIsTooOldIsSaidAndNotUsed() throws Exception {
        machine.built();
        machine.jdk("25.0.3");
        Path old = machine.jdk("21.0.2");

        Outcome outcome = machine.with("FARANDOLE_JAVA_HOME", old).run("status");

        assertThat(outcome.output())
                .contains("FARANDOLE_JAVA_HOME is no JDK 25 or later")
                .contains("java 25.0.3");
    }

    @Test
    void becomesTheProgramWithItsStatus() throws Exception {
        machine.built();
        machine.jdk("25.0.3");

        Process process = machine.start("recommend", "42", "--json");
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            // The same process, so that signals reach the program.
            assertThat(said.readLine())
                    .contains("as " + process.pid() + ":")
                    .endsWith("io.farandole.local.Farandole recommend 42 --json");
        }
        assertThat(process.waitFor()).isEqualTo(7);
    }

    @Test
    void helpNeedsNeitherABuildNorAJdk() throws Exception {
        for (String help : new String[] {"--help", "-h", "help"}) {
            Outcome outcome = machine.run(help);

            assertThat(outcome.status()).isZero();
            assertThat(outcome.output())
                    .contains("demo", "test [--chaos]", "ci linter|test", "bench NAME");
        }
    }

    @Test
    void buildsOnceAndAgainWhenASourceChangesOrGoes() throws Exception {
        machine.jdk("25.0.3");
        machine.maven();
        Path source = machine.source();

        machine.run("status");
        Outcome second = machine.run("status");
        assertThat(machine.builds()).isEqualTo(1);
        assertThat(second.output()).doesNotContain("Built in");

        Files.writeString(source, "class Stream { int changed; }");
        machine.run("status");
        assertThat(machine.builds()).isEqualTo(2);

        Files.delete(source);
        machine.run("status");
        assertThat(machine.builds()).isEqualTo(3);
    }

    @Test
    void aFailedBuildShowsItsErrorsAndWhereTheLogIs() throws Exception {
        machine.jdk("25.0.3");
        machine.maven(
                """
                echo '[INFO] Building streams 0.1.0-SNAPSHOT                                        [5/11]'
                echo '[ERROR] Stream.java:[3,7] cannot find symbol'
                exit 1
                """);

        Outcome outcome = machine.run("up");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("The build failed:")
                .contains("Stream.java:[3,7] cannot find symbol")
                .contains(
                        machine.checkout()
                                .toRealPath()
                                .resolve("target/farandole-build.log")
                                .toString())
                .doesNotContain("java 25.0.3");
    }

    @Test
    void aBuildThatFailsWithoutAnErrorShowsTheEndOfItsLog() throws Exception {
        machine.jdk("25.0.3");
        machine.maven("echo 'cannot exec the Maven that was here'; exit 1");

        assertThat(machine.run("up").output())
                .containsSubsequence("The build failed:", "cannot exec the Maven that was here");
    }

    @Test
    void aLockThatCannotBeMadeIsSaid() throws Exception {
        machine.jdk("25.0.3");
        machine.maven();
        Files.createDirectories(machine.lock().getParent());
        Files.writeString(machine.lock(), "in the way");

        Outcome outcome = machine.run("status");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("the build's lock cannot be made")
                .contains("farandole-build.lock")
                .doesNotContain("Another build");
        assertThat(machine.builds()).isZero();
    }

    @Test
    void takesOverTheLockOfADeadBuildAlsoWhenItsPidIsSomebodyElses() throws Exception {
        machine.jdk("25.0.3");
        machine.maven();
        Files.createDirectories(machine.lock());
        Files.createFile(machine.lock().resolve(ProcessHandle.current().pid() + ".1"));

        Outcome outcome = machine.run("status");

        assertThat(outcome.output()).contains("java 25.0.3").doesNotContain("Another build");
        assertThat(machine.builds()).isEqualTo(1);
        assertThat(machine.lock()).doesNotExist();
    }

    @Test
    void ofManyWhoFindADeadBuildsLockOneBuilds() throws Exception {
        machine.jdk("25.0.3");
        machine.maven("sleep 0.3; mkdir -p deploy/local/target/app/lib");
        Files.createDirectories(machine.lock());
        Files.createFile(machine.lock().resolve("999999999.1"));

        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            processes.add(machine.start("status"));
        }

        for (Process process : processes) {
            assertThat(process.waitFor()).isEqualTo(7);
        }
        assertThat(machine.builds()).isEqualTo(1);
    }

    @Test
    void takesALockThatNobodyPutItsNameInto() throws Exception {
        machine.jdk("25.0.3");
        machine.maven();
        Files.createDirectories(machine.lock());

        assertThat(machine.run("status").output()).contains("java 25.0.3");
        assertThat(machine.builds()).isEqualTo(1);
    }

    @Test
    void testTouchesNothingWhileAnotherBuildIsAtWork() throws Exception {
        machine.jdk("25.0.3");
        machine.maven("until [ -e go ]; do sleep 0.05; done; mkdir -p deploy/local/target/app/lib");
        Process first = machine.start("status");
        while (machine.builds() == 0 && first.isAlive()) {
            Thread.onSpinWait();
        }
        Path jar = machine.checkout().resolve("deploy/local/target/app/local-0.1.0-SNAPSHOT.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);

        Process test = machine.start("test");
        try (BufferedReader said = test.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).contains("Another build");
            assertThat(jar).exists();
            Files.createFile(machine.checkout().resolve("go"));
            assertThat(test.waitFor()).isZero();
        }
        assertThat(first.waitFor()).isEqualTo(7);
        assertThat(jar).doesNotExist();
    }

    @Test
    void testsHaveTheirFilesInMemoryWhereThereIsPlenty() throws Exception {
        machine.jdk("25.0.3");
        machine.maven("echo memory/* >> memory-then");
        Path memory = Files.createDirectories(machine.checkout().resolve("memory"));
        Files.createDirectories(memory.resolve("farandole-tests.999999999.1/postgres"));
        machine.with("FARANDOLE_MEMORY_DISK", memory);
        String answer = "printf 'Filesystem\\nshm 24000000 0 %s 0 /m\\n'";

        machine.tool("df", answer.formatted("9000000"));
        assertThat(machine.run("test").status()).isZero();
        assertThat(machine.calls()).singleElement().asString().doesNotContain("tests.directory");
        assertThat(memory).isEmptyDirectory();

        machine.tool("df", answer.formatted("11000000"));
        assertThat(machine.run("test").status()).isZero();
        assertThat(machine.calls().getLast())
                .contains("-Dfarandole.tests.directory=" + memory + "/farandole-tests.");
        assertThat(Files.readAllLines(machine.checkout().resolve("memory-then")))
                .satisfiesExactly(
                        without -> assertThat(without).isEqualTo("memory/*"),
                        with -> assertThat(with).startsWith("memory/farandole-tests."));
        assertThat(memory).isEmptyDirectory();
    }

    @Test
    void chaosNeedsItsProfile() throws Exception {
        machine.jdk("25.0.3");
        machine.maven();
        Path pom = machine.checkout().resolve("pom.xml");
        Files.writeString(pom, "<project/>");

        Outcome without = machine.run("test", "--chaos");
        assertThat(without.status()).isEqualTo(2);
        assertThat(without.output()).contains("no profile chaos");
        assertThat(machine.builds()).isZero();

        Files.copy(Path.of("../../pom.xml"), pom, StandardCopyOption.REPLACE_EXISTING);
        assertThat(machine.run("test", "--chaos").status()).isZero();
        assertThat(machine.calls()).singleElement().asString().endsWith("-Pchaos");
    }

    @Test
    void aSecondBuildWaitsForTheFirst() throws Exception {
        machine.jdk("25.0.3");
        machine.maven("until [ -e go ]; do sleep 0.05; done; mkdir -p deploy/local/target/app/lib");
        Process first = machine.start("status");
        while (machine.builds() == 0 && first.isAlive()) {
            Thread.onSpinWait();
        }

        Process second = machine.start("status");
        try (BufferedReader said = second.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).contains("Another build (process " + first.pid() + ")");
            Files.createFile(machine.checkout().resolve("go"));
            assertThat(said.readLine()).contains("java 25.0.3");
        }
        assertThat(first.waitFor()).isEqualTo(7);
        assertThat(machine.builds()).isEqualTo(1);
    }

    @Test
    void goesOnWithTheMavenOnThePathWhenTheWrapperCannotDownload() throws Exception {
        machine.jdk("25.0.3");
        machine.wrapperWithoutNetwork();
        machine.mavenOnThePath("3.8.7");
        // The second time the wrapper has been there, and left a directory.
        for (int time = 1; time <= 2; time++) {
            Outcome outcome = machine.run("status");
            assertThat(outcome.output())
                    .contains("It could not be had (wget: Failed to fetch it)")
                    .contains("going on with the Maven 3.8.7 that is on the PATH")
                    .contains("java 25.0.3");
            Files.delete(machine.checkout().resolve("deploy/local/target/built"));
        }

        machine.mavenOnThePath("3.8.5");
        Outcome tooOld = machine.run("status");
        assertThat(tooOld.status()).isEqualTo(1);
        assertThat(tooOld.output())
                .contains("no Maven from 3.8.6 is on the PATH")
                .contains("The wrapper says: wget: Failed to fetch it");
    }

    @Test
    void usesWhatTheWrapperDownloadedBefore() throws Exception {
        machine.jdk("25.0.3");
        machine.wrapperWithoutNetwork();
        machine.mavenOfTheWrapper();

        assertThat(machine.run("status").output())
                .contains("java 25.0.3")
                .doesNotContain("Fetching");
        assertThat(machine.builds()).isEqualTo(1);
    }

    @Test
    void anUnknownJobOfContinuousIntegrationIsRefused() throws Exception {
        machine.jdk("25.0.3");

        Outcome outcome = machine.run("ci", "deploy");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.output()).contains("linter, test");
    }

    @Test
    void testClosesWithASummaryOfTheReports() throws Exception {
        machine.jdk("25.0.3");
        machine.maven(
                """
                mkdir -p streams/target/surefire-reports streams/target/failsafe-reports
                sleep 0.1
                echo '<testsuite name="io.farandole.ATest" tests="12" errors="0" skipped="1" failures="0">' \\
                    > streams/target/surefire-reports/TEST-io.farandole.ATest.xml
                echo '<testsuite name="io.farandole.BIT" tests="3" errors="1" skipped="0" failures="1">' \\
                    > streams/target/failsafe-reports/TEST-io.farandole.BIT.xml
                exit 1
                """);

        Outcome outcome = machine.run("test");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .containsPattern("streams +12 unit, +3 integration, 1 skipped")
                .contains("FAILED streams: io.farandole.BIT (2 of 3)")
                .contains("FAILED: 15 tests, 2 failed,")
                .doesNotContain("FLAKY");
    }

    @Test
    void testNamesAndCountsWhatPassedAtTheSecondTryOnly() throws Exception {
        machine.jdk("25.0.3");
        machine.maven(
                """
                mkdir -p api-gateway/target/failsafe-reports
                sleep 0.1
                cat > api-gateway/target/failsafe-reports/TEST-io.farandole.CIT.xml <<REPORT
                <testsuite name="io.farandole.CIT" tests="2" errors="0" skipped="0" failures="0">
                  <testcase name="one"><flakyFailure message="late"/></testcase>
                  <testcase name="two"/>
                </testsuite>
                REPORT
                """);

        Outcome outcome = machine.run("test");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.output())
                .contains("FLAKY api-gateway: io.farandole.CIT passed at the second try only")
                .contains("PASSED: 2 tests, 0 failed, 1 FLAKY,");
    }
}
