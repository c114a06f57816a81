package io.farandole.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FarandoleCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path empty;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "down",
                "status",
                "import",
                "recommend",
                "train",
                "evaluate",
                "runs",
                "runs show",
                "models",
                "models list",
                "models show",
                "models compare",
                "models promote",
                "models rollback",
                "request-training",
                "ledger",
                "verify",
                "refresh",
                "replay",
                "replay start",
                "replay status",
                "replay key",
                "replay repair",
                "generations",
                "generations list",
                "generations diff",
                "generations activate",
                "generations rollback",
                "generations drop",
                "hash",
                "topology",
                "processors",
                "lag",
                "dlq",
                "dlq list",
                "dlq show",
                "dlq redrive",
                "pubsub"
            })
    void helpsWithExamplesAndExitCodes(String subcommand) {
        assertThat(execute((subcommand + " --help").split(" "))).isZero();
        assertThat(out.toString())
                .contains("Usage: farandole " + subcommand)
                .contains("Exit codes:")
                .contains("Examples:")
                .contains("  farandole " + subcommand)
                .contains("--json");
    }

    @Test
    void listsItsSubcommands() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("demo", "recommend", "Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recommend 42",
                "runs",
                "runs show run-1",
                "models",
                "models list",
                "models show r1",
                "models show --of-user 42",
                "models compare r1 r2",
                "models promote r2 --reason good --by ann",
                "models rollback",
                "request-training",
                "request-training --candidate ease --candidate popularity",
                "import",
                "ledger",
                "status",
                "verify",
                "refresh",
                "replay",
                "replay start popularity",
                "replay status",
                "replay key profile user:42",
                "replay repair --topic activity --since 2026-03-01T00:00:00Z",
                "generations",
                "generations list popularity",
                "generations diff popularity",
                "generations activate popularity 2",
                "generations rollback popularity",
                "generations drop popularity 1",
                "hash",
                "processors",
                "lag",
                "dlq list",
                "dlq show 17",
                "dlq redrive --id 17",
                "dlq redrive --processor profile --cause poison --dry-run"
            })
    void saysWhatToTypeWhenNothingRuns(String words) {
        assertThat(execute((words + " --data " + empty).split(" "))).isEqualTo(4);
        assertThat(err.toString())
                .startsWith("farandole: Nothing is running in ")
                .contains("farandole up");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void saysThatNothingWasThereToStop() {
        assertThat(execute("down", "--data", empty.toString())).isEqualTo(4);
        assertThat(out.toString()).contains("Nothing was running");
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThat(execute("replay", "repair", "--topic", "activity", "--since", "yesterday"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'yesterday' is no time in UTC");
    }

    @Test
    void refusesAWrongOption() {
        assertThat(execute("import", "--nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("--nonsense");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up --api-port 99999",
                "demo --pubsub-port -1",
                "up --management-port x",
                "up --journal-days 0",
                "demo --journal-days 32",
                "demo --first -5",
                "evaluate --k 0",
                "train --budget soon",
                "train --model svd",
                "import --first many",
                "dlq list --limit many",
                "pubsub --port 70000"
            })
    void refusesABadNumberAndNamesItsOption(String words) {
        String[] arguments = words.split(" ");
        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains(arguments[1], arguments[2]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dlq",
                "dlq redrive",
                "dlq redrive --cause poison",
                "dlq redrive --id 17 --fingerprint 3f2a",
                "dlq redrive --id 17 --key user:42",
                "dlq redrive --processor profile --cause whatever",
                "dlq show seventeen"
            })
    void refusesWhatDoesNotSayWhichDeadLetters(String words) {
        assertThat(execute((words + " --data " + empty).split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: farandole dlq");
    }

    @Test
    void refusesAModelThatThereIsNot() {
        assertThat(execute("request-training", "--candidate", "oracle:depth=3")).isEqualTo(2);
        assertThat(err.toString()).contains("--candidate", "'oracle:depth=3' is no model", "ease");
    }

    @Test
    void refusesATakenPortInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(
                            execute(
                                    "up",
                                    "--foreground",
                                    "--data",
                                    empty.toString(),
                                    "--api-port",
                                    port))
                    .isEqualTo(5);
            assertThat(err.toString().lines()).hasSize(1);
            assertThat(err.toString()).contains("Port " + port, "--api-port");
        }
    }

    @Test
    void refusesAnOldTokenThatIsNoSecretWithoutRepeatingIt() throws IOException {
        Path file = Files.writeString(empty.resolve("token"), "guess-2\n");
        Path lines = Files.writeString(empty.resolve("lines"), "first-secret\nsecond-secret\n");
        assertThat(execute("up", "--old-token", "guess-1")).isEqualTo(2);
        assertThat(execute("demo", "--old-token-file", file.toString())).isEqualTo(2);
        assertThat(execute("demo", "--old-token-file", lines.toString())).isEqualTo(2);
        assertThat(execute("up", "--old-token-file", empty.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("'--old-token': the token has fewer than 8 characters")
                .contains("the token in " + file + " has fewer than 8 characters")
                .contains(lines + " has 2 lines")
                .contains("cannot read " + empty.resolve("none"))
                .doesNotContain("guess-", "-secret");
    }

    @Test
    void takesTheOldTokenFromOnePlaceOnly() throws IOException {
        Path file = Files.writeString(empty.resolve("token"), "of-the-old-clients");
        assertThat(
                        execute(
                                "up",
                                "--old-token",
                                "of-the-old-clients",
                                "--old-token-file",
                                file.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--old-token-file", "mutually exclusive");
    }

    @Test
    void refusesADataSetThatIsNone() {
        assertThat(
                        execute(
                                "demo",
                                "--exit",
                                "--data",
                                empty.toString(),
                                "--data-set",
                                empty.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("movies.csv");
    }

    private int execute(String... arguments) {
        CommandLine line = FarandoleCommand.line();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
