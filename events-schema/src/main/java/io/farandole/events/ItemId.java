package io.farandole.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What equivalent offers have in common: a book, a film, whoever offers it. */
public record ItemId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ItemId {
        Identifiers.check("item", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
