package io.farandole.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords stay with this user and out of sight. */
class CredentialsTest {

    @TempDir Path directory;

    @Test
    void passwordIsNotShown() {
        assertThat(new Credentials("someone", "secret").toString()).doesNotContain("secret");
        assertThat(RolePasswords.drawn().at(5432).jdbcUrl())
                .isEqualTo("jdbc:postgresql://127.0.0.1:5432/farandole");
    }

    @Test
    void savedPasswordsAreReadBackAndThisUsersAlone() throws IOException {
        Path file = directory.resolve("credentials.properties");
        RolePasswords drawn = RolePasswords.drawn();

        drawn.save(file);

        assertThat(RolePasswords.saved(file)).contains(drawn);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void everyDrawIsDifferent() {
        assertThat(RolePasswords.drawn()).isNotEqualTo(RolePasswords.drawn());
    }
}
