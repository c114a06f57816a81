package io.farandole.recommenders.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeDirectoryTest {

    private static final String SIGN = "sign.json";

    @TempDir Path home;

    @Test
    void replacesWhatIsEmptyOrItsOwn() throws IOException {
        Path target = Files.createDirectory(home.resolve("target"));

        write(target, "one");
        write(target, "two");

        assertThat(target.resolve(SIGN)).hasContent("two");
        assertThat(home.toFile().list()).containsExactly("target");
    }

    @Test
    void leavesWhatIsSomeoneElses() throws IOException {
        Path target = Files.createDirectory(home.resolve("target"));
        Files.writeString(target.resolve("letter"), "dear");
        Path file = Files.writeString(home.resolve("file"), "text");

        assertThatThrownBy(() -> write(target, "one"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(target.toString(), SIGN);
        assertThatThrownBy(() -> write(file, "one"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());

        assertThat(target.resolve("letter")).hasContent("dear");
        assertThat(file).hasContent("text");
        assertThat(home.toFile().list()).containsExactlyInAnyOrder("target", "file");
    }

    @Test
    void putsTheFormerOneBackWhereItCannotBeReplaced() throws IOException {
        Path target = home.resolve("target");
        write(target, "one");

        assertThatThrownBy(() -> WholeDirectory.write(target, SIGN, Files::delete))
                .isInstanceOf(IOException.class);

        assertThat(target.resolve(SIGN)).hasContent("one");
        assertThat(home.toFile().list()).containsExactly("target");
    }

    private static void write(Path target, String text) throws IOException {
        WholeDirectory.write(target, SIGN, parts -> Files.writeString(parts.resolve(SIGN), text));
    }
}
