package io.farandole.gateway.items;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an answer came from, from the best that there can be to the least. */
public enum Origin {
    MODEL,
    TASTE,
    POPULAR,
    MEMORY,
    NONE;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
