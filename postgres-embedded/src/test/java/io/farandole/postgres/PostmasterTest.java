package io.farandole.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server is known by its program and its directory, on a process that only looks like one. */
@EnabledOnOs(OS.LINUX)
class PostmasterTest {

    @TempDir Path place;

    private Path program;
    private Path data;
    private Process process;

    @BeforeEach
    void runSomethingOfTheName() throws IOException {
        data = Files.createDirectory(place.resolve("data"));
        program = Files.copy(Path.of("/usr/bin/sleep"), place.resolve("postgres"));
        process = new ProcessBuilder(program.toString(), "60").directory(data.toFile()).start();
    }

    @AfterEach
    void endIt() {
        process.destroyForcibly();
    }

    @Test
    void isKnownByProgramAndDirectory() {
        assertThat(Postmaster.isPostgresOf(data, process.toHandle())).isTrue();
        assertThat(Postmaster.isPostgresOf(place, process.toHandle())).isFalse();
        assertThat(Postmaster.isPostgresOf(data, ProcessHandle.current())).isFalse();
    }

    @Test
    void isKnownAlsoAfterItsProgramWasDeleted() throws IOException {
        Files.delete(program);

        assertThat(Postmaster.isPostgresOf(data, process.toHandle())).isTrue();
    }
}
