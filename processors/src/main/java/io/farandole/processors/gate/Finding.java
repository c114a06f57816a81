package io.farandole.processors.gate;

/**
 * What a policy says of a candidate.
 *
 * @param policy its name
 * @param reason in words and figures that a person understands
 */
record Finding(String policy, boolean passed, String reason) {

    String text() {
        return policy + (passed ? ": yes. " : ": NO. ") + reason;
    }
}
