package io.farandole.streams.running;

/**
 * Whether something has been seen to be so each time for a while: one look may fall into a pause.
 */
final class Steadiness {

    private final int looks;
    private int seen;

    /**
     * @param looks in how many of them, one after the other, it has to be so
     */
    Steadiness(int looks) {
        this.looks = looks;
    }

    /** One look more; true if it was so in this one and in as many before as are asked for. */
    boolean look(boolean isSo) {
        seen = isSo ? Math.min(looks, seen + 1) : 0;
        return seen == looks;
    }
}
