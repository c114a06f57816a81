package io.farandole.streams.batch;

import java.time.Duration;

/** A message with which some code did not end: it is not begun with it again in this process. */
final class NeverEnding extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NeverEnding(Duration deadline) {
        super(
                "its fold did not end within "
                        + deadline
                        + " and was given up; mend it, start the process again, and redrive");
    }
}
