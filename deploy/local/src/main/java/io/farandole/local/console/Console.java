package io.farandole.local.console;

import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a command speaks. With {@code --json}, standard output holds one JSON document and nothing
 * else; what is meant for people goes to standard error.
 */
public final class Console {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final PrintWriter out;
    private final PrintWriter people;
    private final boolean json;
    private final boolean terminal;

    public Console(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.people = json ? err : out;
        this.json = json;
        this.terminal =
                !json
                        && Optional.ofNullable(System.console())
                                .filter(java.io.Console::isTerminal)
                                .isPresent();
    }

    /** Says a line to people. */
    public void say(String line) {
        synchronized (people) {
            people.println(line);
            people.flush();
        }
    }

    /**
     * Says what the result holds as well, and standard error must not: with {@code --json} that
     * often ends in a log.
     */
    public void sayInWordsAlone(String line) {
        if (!json) {
            say(line);
        }
    }

    public void say(Table table) {
        table.lines().forEach(line -> say("  " + line));
    }

    /** Gives the result to a script; people were told in words. */
    public void result(Object document) {
        if (json) {
            out.println(JSON.writeValueAsString(document));
            out.flush();
        }
    }

    /** Says again and again how far it is, until closed. */
    public Progress progress(Progress.Line line) {
        return new Progress(people, terminal, line);
    }
}
