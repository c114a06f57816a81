package io.farandole.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.farandole.client.Farandole;
import io.farandole.client.FarandoleApi;
import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client for TypeScript, where node is there and {@code npm ci} was run. */
class TypeScriptClientIT {

    private static final Path CLIENT = Path.of("clients", "typescript");
    private static final Path TOOLS = CLIENT.resolve("node_modules").resolve(".bin");

    @TempDir Path directory;

    @BeforeEach
    void needsNode() {
        assumeThat(Files.isExecutable(TOOLS.resolve("tsc")))
                .as("NOT RUN: the TypeScript client is checked after: npm ci --prefix " + CLIENT)
                .isTrue();
    }

    @Test
    void isMadeFromTheDocument() throws Exception {
        Path made = directory.resolve("schema.ts").toAbsolutePath();
        run(
                Map.of(),
                TOOLS.resolve("openapi-typescript").toAbsolutePath().toString(),
                "../../openapi.json",
                "--empty-objects-unknown",
                "--output",
                made.toString());
        assertThat(Files.readString(CLIENT.resolve("src").resolve("schema.ts")))
                .as("out of date; do: npm run generate --prefix " + CLIENT)
                .isEqualTo(Files.readString(made));
    }

    @Test
    void talksToTheGateway() throws Exception {
        Platform platform = Platform.shared();
        SmallCulture.fill(platform);
        String base = "http://127.0.0.1:" + platform.apiPort();
        FarandoleApi api = Farandole.at(URI.create(base), null);
        await().until(() -> !api.playlist("20", Map.of()).offers().isEmpty());
        run(Map.of("FARANDOLE_API", base), "npm", "test");
    }

    private void run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(CLIENT.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    }
}
