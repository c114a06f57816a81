package io.farandole.pubsub.faults;

/** What can go wrong; nothing of it breaks what Pub/Sub promises. */
public enum Fault {
    /** A message is handed out again while its first receiver still has it. */
    DUPLICATE,
    /** A message, on an ordered subscription with its key, is handed out later. */
    DELAY,
    /** As a delay, each of another length, so that messages and keys overtake each other. */
    REORDER,
    /** The earliest message of a key that is not acknowledged comes back with all later ones. */
    REDELIVER_FOLLOWERS,
    /** An acknowledgement is answered and forgotten; the message comes back at its deadline. */
    DROP_ACKNOWLEDGEMENT,
    /** Something stalls until it is thawed. */
    FREEZE,
    /** A streaming pull ends with a status, and what it has goes to others. */
    KILL_STREAM,
    /** A publish is answered with a status, before or after it took effect. */
    FAIL_PUBLISH
}
