package io.farandole.streams.soaking;

/** What {@link VersionBooks} promises to see, by the words in which it complains. */
enum VersionPromise {
    HALVES_TOGETHER("events that one version said one half of, and the other the other"),
    BESIDES_ONCE("said besides"),
    ITEMS_KEPT_RIGHT("rows of tally.items that keep what was right before the old one wrote"),
    USERS_KEPT_RIGHT("rows of tally.users that keep what was right before the old one wrote"),
    ALL_USERS_COUNTED("views of all users"),
    // Of users, the hot one is looked at first, and has so many views that some went wrong.
    NUMBERED("user:u0", "should have same size"),
    RISING("user:u0", "is not sorted"),
    NEVER_REPEATED("user:u0", "Found duplicate(s)");

    private final String about;
    private final String reason;

    VersionPromise(String about) {
        this(about, "");
    }

    VersionPromise(String about, String reason) {
        this.about = about;
        this.reason = reason;
    }

    /** How a complaint of it begins. */
    String beginning() {
        return "[" + about + "]";
    }

    /** What it says besides, where others begin so too. */
    String reason() {
        return reason;
    }
}
