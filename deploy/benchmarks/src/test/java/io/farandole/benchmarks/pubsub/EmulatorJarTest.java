package io.farandole.benchmarks.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorJarTest {

    private static final String JAR = "cloud-pubsub-emulator-0.8.20-all.jar";

    @TempDir Path directory;

    @Test
    void isFoundWhereTheSettingNamesIt() throws IOException {
        Path place = directory.resolve("own");
        Path jar = jar(place);
        assertThat(find(Map.of(EmulatorJar.SETTING, jar.toString())).file()).contains(jar);
        assertThat(find(Map.of(EmulatorJar.SETTING, place.toString())).file()).contains(jar);
    }

    @Test
    void isFoundInTheSdkThatTheEnvironmentNames() throws IOException {
        Path sdk = directory.resolve("sdk");
        Path jar = jar(sdk.resolve("platform/pubsub-emulator/lib"));
        assertThat(find(Map.of("CLOUDSDK_ROOT_DIR", sdk.toString())).file()).contains(jar);
    }

    @Test
    void isFoundBehindTheLinkToGcloudOnThePath() throws IOException {
        Path sdk = directory.resolve("sdk");
        Path jar = jar(sdk.resolve("platform/pubsub-emulator/lib"));
        Path gcloud = Files.createDirectories(sdk.resolve("bin")).resolve("gcloud");
        assertThat(Files.createFile(gcloud).toFile().setExecutable(true)).isTrue();
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("gcloud"), gcloud);
        assertThat(find(Map.of("PATH", "/nowhere:" + bin)).file())
                .map(EmulatorJarTest::real)
                .contains(real(jar));
    }

    @Test
    void isFoundInTheUsualPlaces() throws IOException {
        Path jar =
                jar(
                        directory.resolve(
                                "root/usr/lib/google-cloud-sdk/platform/pubsub-emulator/lib"));
        assertThat(find(Map.of()).file()).contains(jar);
    }

    @Test
    void whatIsNotFoundIsSaidLoudly() {
        EmulatorJar none = find(Map.of("CLOUDSDK_ROOT_DIR", "/nowhere"));
        assertThat(none.file()).isEmpty();
        assertThat(none.missing())
                .startsWith("GOOGLE'S EMULATOR WAS NOT FOUND")
                .contains("/nowhere/platform/pubsub-emulator/lib", EmulatorJar.SETTING);
    }

    private EmulatorJar find(Map<String, String> environment) {
        return EmulatorJar.find(environment, directory.resolve("home"), directory.resolve("root"));
    }

    private static Path jar(Path place) throws IOException {
        return Files.createFile(Files.createDirectories(place).resolve(JAR));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
