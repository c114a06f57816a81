package io.farandole.local.inspecting;

import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.PutAside;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Dead letters, told to people. */
public final class DeadLetterWords {

    private static final int LONGEST_REASON = 70;

    private DeadLetterWords() {}

    /** A line each. */
    public static void say(List<DeadLetter> letters, Console console) {
        if (letters.isEmpty()) {
            console.say("Nothing is put aside.");
            return;
        }
        Table table =
                new Table(
                        "id",
                        "processor",
                        "generation",
                        "topic",
                        "key",
                        "cause",
                        "attempts",
                        "first seen",
                        "fingerprint",
                        "reason");
        for (DeadLetter letter : letters) {
            table.row(
                    Long.toString(letter.id()),
                    letter.processor(),
                    letter.generation(),
                    letter.topic(),
                    Objects.requireNonNullElse(letter.key(), RunLedger.NOTHING),
                    letter.cause(),
                    letter.attempts(),
                    RunLedger.time(letter.firstSeen()),
                    letter.fingerprint(),
                    shortened(letter.reason()));
        }
        console.say(table);
    }

    /** All of one. */
    public static void say(PutAside one, Console console) {
        DeadLetter letter = one.letter();
        console.say(
                "Dead letter %d of %s, generation %d, on %s: %s"
                        .formatted(
                                letter.id(),
                                letter.processor(),
                                letter.generation(),
                                letter.topic(),
                                letter.open() ? letter.cause() : "settled"));
        console.say("Reason       " + letter.reason());
        if (!letter.place().isEmpty()) {
            console.say("Place        " + letter.place());
        }
        if (letter.errorClass() != null) {
            console.say("Thrown       " + letter.errorClass());
        }
        console.say("Fingerprint  " + letter.fingerprint());
        console.say(
                "Key          "
                        + Objects.requireNonNullElse(letter.key(), RunLedger.NOTHING)
                        + (letter.parked() ? ", parked" : ""));
        console.say("Attempts     " + letter.attempts());
        console.say("Published    " + RunLedger.time(letter.published()));
        console.say("First seen   " + RunLedger.time(letter.firstSeen()));
        console.say(
                "Tried next   "
                        + Optional.ofNullable(letter.nextAttempt())
                                .map(RunLedger::time)
                                .orElse("not by itself"));
        console.say("Message      " + one.messageId() + ", ordering key " + one.orderingKey());
        Table attributes = new Table("attribute", "value");
        new TreeMap<>(one.attributes()).forEach(attributes::row);
        console.say(attributes);
        console.say("");
        console.say(
                one.text() == null
                        ? "Base64: " + one.base64()
                        : Objects.requireNonNull(one.text()));
    }

    private static String shortened(String reason) {
        String line = reason.lines().findFirst().orElse("");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }
}
