package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's longer examples are code that runs. */
class ReadmeTest {

    @Test
    void showsTheTestOfTheExtensionAsItIs() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/io/farandole/pubsub/JUnitExampleIT.java"));
        String shown = source.substring(source.indexOf("class JUnitExampleIT"));
        assertThat(Path.of("README.md")).content().contains("```java\n" + shown + "```\n");
    }
}
