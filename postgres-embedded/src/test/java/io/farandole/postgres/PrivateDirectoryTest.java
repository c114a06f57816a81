package io.farandole.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever else was there first, under a name that they could guess, gets nothing run or read. */
class PrivateDirectoryTest {

    @TempDir Path place;

    @Test
    void isMadeForThisUserAloneAndFoundAgain() throws IOException {
        Path directory = PrivateDirectory.at(place.resolve("parent/guessable"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(PrivateDirectory.at(directory)).isEqualTo(directory);
    }

    @Test
    void othersMayReadButNotWrite() throws IOException {
        Path directory = Files.createDirectory(place.resolve("guessable"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(PrivateDirectory.at(directory)).isEqualTo(directory);

        for (String open : new String[] {"rwxrwx---", "rwx----w-"}) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(open));
            assertThatThrownBy(() -> PrivateDirectory.at(directory))
                    .isInstanceOf(PostgresFault.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("other users may write to it");
        }
    }

    @Test
    void isNoLinkToElsewhere() throws IOException {
        Path elsewhere = Files.createDirectory(place.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(place.resolve("guessable"), elsewhere);

        assertThatThrownBy(() -> PrivateDirectory.at(link))
                .isInstanceOf(PostgresFault.class)
                .hasMessageContaining("a link or a file");
    }

    @Test
    void belongsToNobodyElse() throws IOException {
        assumeTrue(new UnixSystem().getUid() == 0, "Only root can give a directory away");
        Path directory = Files.createDirectory(place.resolve("guessable"));
        Files.setAttribute(directory, "unix:uid", RootsDisguise.NOBODYS_ID);

        assertThatThrownBy(() -> PrivateDirectory.at(directory))
                .isInstanceOf(PostgresFault.class)
                .hasMessageContaining("belongs to another user");
    }

    @Test
    void aLockIsNoLinkToElsewhere() throws IOException {
        Path precious = Files.writeString(place.resolve("precious"), "kept");
        Path link = Files.createSymbolicLink(place.resolve("lock"), precious);

        assertThatThrownBy(() -> DirectoryLock.tryTake(link))
                .isInstanceOf(PostgresFault.class)
                .hasMessageContaining("no link");
        assertThat(precious).hasContent("kept");
    }
}
