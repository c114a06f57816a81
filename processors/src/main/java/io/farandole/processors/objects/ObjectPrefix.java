package io.farandole.processors.objects;

import java.util.regex.Pattern;

/** A checked prefix: what comes from an event must not lead elsewhere. */
record ObjectPrefix(String kind, String name) {

    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9-]{0,39})/([A-Za-z0-9][A-Za-z0-9-]{0,99})");

    String text() {
        return kind + "/" + name;
    }

    static ObjectPrefix of(String prefix) {
        var matcher = FORM.matcher(prefix);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + prefix + "' is not the prefix of an object: kind/name is expected");
        }
        return new ObjectPrefix(matcher.group(1), matcher.group(2));
    }
}
