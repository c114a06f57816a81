package io.farandole.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatIsForPeopleGoesToStandardErrorBesideADocument() {
        Console console = console(true);
        console.say("a line");
        console.result(Map.of("a", 1));
        assertThat(err).hasToString("a line" + System.lineSeparator());
        assertThat(out.toString()).contains("\"a\" : 1").doesNotContain("line");
    }

    @Test
    void aSecretIsInTheDocumentAndNotOnStandardError() {
        Console console = console(true);
        console.sayInWordsAlone("a secret");
        console.result(Map.of("key", "a secret"));
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("a secret");
    }

    @Test
    void withoutADocumentASecretIsSaid() {
        Console console = console(false);
        console.sayInWordsAlone("a secret");
        console.result(Map.of("key", "another"));
        assertThat(out).hasToString("a secret" + System.lineSeparator());
    }

    private Console console(boolean json) {
        return new Console(new PrintWriter(out), new PrintWriter(err), json);
    }
}
