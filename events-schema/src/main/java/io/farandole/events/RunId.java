package io.farandole.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One life of a model, from its being asked for to its release or rejection. */
public record RunId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        Identifiers.check("run", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
