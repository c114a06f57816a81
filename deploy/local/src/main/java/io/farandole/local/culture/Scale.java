package io.farandole.local.culture;

/**
 * How large it is.
 *
 * @param offers of three fifths as many items
 * @param users who are called {@code 1} to this
 */
public record Scale(int offers, int users) {

    public static final Scale USUAL = new Scale(5_000, 2_000);

    static final int VENUES = 300;

    public Scale {
        if (offers < 100 || offers > 1_000_000) {
            throw new IllegalArgumentException("offers is " + offers + ", not from 100 to 1000000");
        }
        if (users < 10 || users > 1_000_000) {
            throw new IllegalArgumentException("users is " + users + ", not from 10 to 1000000");
        }
    }

    int items() {
        return offers * 3 / 5;
    }

    /**
     * Reads {@code offers=50000,users=20000}; what is not named is as usual.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Scale parse(String text) {
        int offers = USUAL.offers;
        int users = USUAL.users;
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", 2);
            int number = sides.length == 2 ? number(sides[1]) : -1;
            switch (sides[0]) {
                case "offers" -> offers = number;
                case "users" -> users = number;
                default ->
                        throw new IllegalArgumentException(
                                "'" + part + "' is neither offers=N nor users=N");
            }
        }
        return new Scale(offers, users);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no whole number", e);
        }
    }
}
