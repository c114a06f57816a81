package io.farandole.processors.guardrails;

/**
 * What a guardrail says of a canary.
 *
 * @param guardrail its name
 * @param reason in words and figures that a person understands
 */
record Finding(String guardrail, Says says, String reason) {

    enum Says {
        GOOD,
        BAD,
        /** Too little is known. */
        NOTHING
    }

    String text() {
        return guardrail
                + switch (says) {
                    case GOOD -> ": good. ";
                    case BAD -> ": BAD. ";
                    case NOTHING -> ": not known. ";
                }
                + reason;
    }
}
