package io.farandole.processors.training;

import java.io.Serial;

/** A training ended without a model. */
final class TrainingFailed extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    TrainingFailed(String message) {
        super(message);
    }
}
