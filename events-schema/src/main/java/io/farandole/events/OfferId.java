package io.farandole.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Something that can be booked or consumed: one listing of an item. */
public record OfferId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OfferId {
        Identifiers.check("offer", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
