package io.farandole.recommenders.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a file's lines are parted, and which column is what; found from its first line. */
record LineFormat(
        String separator, int user, int item, int value, int at, boolean inMillis, int columns) {

    private static final int NOT_THERE = -1;
    private static final int MOST_COLUMNS = 4;
    // Later than the year 5000 in seconds, earlier than April 1970 in milliseconds.
    private static final double MILLIS_FROM = 1e11;

    /** The header's name for times that need no guessing, as our own files have it. */
    static final String MILLIS = "millis";

    static final String SPACE = " ";

    /** The first that is in a line parts it. */
    private static final List<String> SEPARATORS = List.of("\t", "::", ",", ";", SPACE);

    private static final List<String> USER =
            List.of("user", "userid", "user_id", "uid", "reviewerid", "visitorid", "session_id");
    private static final List<String> ITEM =
            List.of(
                    "item",
                    "itemid",
                    "item_id",
                    "iid",
                    "movieid",
                    "movie_id",
                    "asin",
                    "product",
                    "productid",
                    "product_id",
                    "business_id",
                    "book_id",
                    "artistid",
                    "track_id");
    private static final List<String> VALUE =
            List.of("value", "rating", "stars", "weight", "score", "overall");
    private static final List<String> AT =
            List.of("timestamp", "time", "at", "unixreviewtime", MILLIS);

    /**
     * What the first line tells; a header names its columns, else they stand in the usual order.
     */
    static LineFormat of(String first) {
        String separator = separator(first);
        List<String> cells = cells(first, separator);
        List<String> names = cells.stream().map(LineFormat::name).toList();
        int user = column(names, USER);
        int item = column(names, ITEM);
        if (user != NOT_THERE && item != NOT_THERE) {
            return new LineFormat(
                    separator,
                    user,
                    item,
                    column(names, VALUE),
                    column(names, AT),
                    names.contains(MILLIS),
                    cells.size());
        }
        return new LineFormat(separator, 0, 1, 2, 3, false, NOT_THERE);
    }

    boolean hasHeader() {
        return columns != NOT_THERE;
    }

    /**
     * @throws IllegalArgumentException whose message is the reason
     */
    Interaction interaction(String line) {
        List<String> cells = cells(line, separator);
        int size = cells.size();
        if (hasHeader() ? size != columns : size < 2 || size > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    size
                            + " columns parted by "
                            + words()
                            + ", not "
                            + (hasHeader() ? columns : "2 to " + MOST_COLUMNS));
        }
        return new Interaction(
                unquoted(cells.get(user).strip()),
                unquoted(cells.get(item).strip()),
                value(cell(cells, value)),
                instant(cell(cells, at)));
    }

    private String words() {
        return switch (separator) {
            case "\t" -> "tabs";
            case "," -> "commas";
            case ";" -> "semicolons";
            case SPACE -> "spaces";
            default -> "'" + separator + "'";
        };
    }

    /** RecBole's headers say the type too: {@code user_id:token}. */
    private static String name(String cell) {
        String name = cell.strip().toLowerCase(Locale.ROOT);
        int colon = name.indexOf(':');
        return unquoted(colon < 0 ? name : name.substring(0, colon));
    }

    private static String unquoted(String cell) {
        return cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"")
                ? cell.substring(1, cell.length() - 1)
                : cell;
    }

    private static double value(String text) {
        return text.isEmpty() ? Interaction.NONE : number("value", text);
    }

    private Instant instant(String text) {
        if (text.isEmpty()) {
            return Instant.EPOCH;
        }
        double number = number("timestamp", text);
        long millis =
                Math.round(inMillis || Math.abs(number) >= MILLIS_FROM ? number : number * 1000);
        return Instant.ofEpochMilli(millis);
    }

    private static double number(String what, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new IllegalArgumentException(what + " '" + text + "' is no number");
    }

    private static String cell(List<String> cells, int column) {
        return column == NOT_THERE || column >= cells.size() ? "" : cells.get(column).strip();
    }

    private static int column(List<String> names, List<String> wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (wanted.contains(names.get(i))) {
                return i;
            }
        }
        return NOT_THERE;
    }

    static String separator(String line) {
        return SEPARATORS.stream().filter(line::contains).findFirst().orElse(",");
    }

    static List<String> cells(String line, String separator) {
        List<String> cells = new ArrayList<>(MOST_COLUMNS);
        int from = 0;
        for (int to = line.indexOf(separator); to >= 0; to = line.indexOf(separator, from)) {
            cells.add(line.substring(from, to));
            from = to + separator.length();
        }
        cells.add(line.substring(from));
        return cells;
    }
}
