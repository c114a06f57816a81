package io.farandole.processors.training;

import io.farandole.recommenders.training.TrainModel;
import java.io.IOException;

/** The child that trains: the recommenders' program, which ends when its parent is gone. */
final class TrainingChild {

    private static final int ORPHANED = 130;

    private TrainingChild() {}

    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("parent watch").start(TrainingChild::endWithParent);
        TrainModel.main(arguments);
    }

    // The parent holds the other end of the pipe and never writes: its end is the parent's.
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is expected.
            }
        } catch (IOException _) {
            // Gone all the same.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
