package io.farandole.processors.guardrails;

/**
 * What came of a canary's lists, and of those of the others meanwhile.
 *
 * @param release the canary; empty if there is none
 */
record Outcomes(String release, Act clicks, Act bookings) {

    static final Outcomes NONE =
            new Outcomes("", new Act(Arm.NONE, Arm.NONE), new Act(Arm.NONE, Arm.NONE));

    /** One kind of act, with the canary's lists and with the others. */
    record Act(Arm canary, Arm others) {}
}
