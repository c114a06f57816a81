package io.farandole.streams.endurance;

import java.util.regex.Pattern;

/** Says what is behind a fault in a line: clients wrap it several times. */
public final class Reasons {

    private static final int LONGEST = 400;
    private static final Pattern BREAKS = Pattern.compile("\\s*\\R\\s*");

    private Reasons() {}

    /** The words of the innermost cause that has any, in one line of at most 400 characters. */
    public static String of(Throwable fault) {
        String words = fault.getClass().getSimpleName();
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                words = message;
            }
        }
        String line = BREAKS.matcher(words.strip()).replaceAll("; ");
        return line.length() > LONGEST ? cut(line) : line;
    }

    private static String cut(String line) {
        // Not through the middle of a character.
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return line.substring(0, end) + "…";
    }
}
