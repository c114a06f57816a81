package io.farandole.streams;

import io.farandole.events.Envelope;

/**
 * Told when foreign code begins with a message and when it has ended with it: by that can be seen
 * what never ends.
 */
public interface FoldWatch {

    /** Nobody watches. */
    FoldWatch NONE =
            new FoldWatch() {
                @Override
                public void begins(Envelope envelope) {
                    // nobody is told
                }

                @Override
                public void ended() {
                    // nobody is told
                }
            };

    /**
     * This thread begins with it.
     *
     * @throws RuntimeException if it is known that this would not end: it is not to be begun
     */
    void begins(Envelope envelope);

    /** This thread has ended with what it began last, also if that was not to be begun. */
    void ended();
}
