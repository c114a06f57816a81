package io.farandole.processors.steps;

import java.io.Serial;

/** A step cannot be done, now or later: trying again would not help, and the run ends. */
public final class GivenUp extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    public GivenUp(String reason) {
        super(reason);
    }
}
