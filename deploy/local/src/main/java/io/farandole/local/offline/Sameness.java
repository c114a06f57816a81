package io.farandole.local.offline;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.recommenders.model.Description;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.UnreadableModel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is known of whether a model can be had again to the bit.
 *
 * @param made the model
 * @param before the model that it takes the place of; null if there is none
 * @param checked whether it was trained twice
 */
public record Sameness(Description made, @Nullable Description before, boolean checked) {

    static Sameness of(Description made, Path directory, boolean checked) {
        try {
            return new Sameness(made, new ModelDirectory(directory).description(), checked);
        } catch (UnreadableModel _) {
            return new Sameness(made, null, checked);
        }
    }

    static void check(Trained first, Trained second) {
        String one = first.model().checksum();
        String other = second.model().checksum();
        if (!one.equals(other)) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Trained twice of the same interactions, specification and seed, it is not the"
                            + " same: "
                            + one
                            + " and "
                            + other
                            + ". That is a defect; nothing was written.");
        }
    }

    /** Says nothing where there is nothing to compare. */
    public void say(Console console) {
        if (checked) {
            console.say(
                    "Trained twice ("
                            + made.algebra()
                            + "): the same to the bit, checksum "
                            + made.checksum());
        }
        if (before == null || !before.isOfTheSameInput(made)) {
            return;
        }
        if (before.checksum().equals(made.checksum())) {
            console.say("It is the model that was there, to the bit.");
        } else if (before.isOfTheSameAs(made)) {
            console.say(
                    "THE MODEL THAT WAS THERE, of the same interactions, specification, seed,"
                            + " threads and kernel, HAD OTHER BITS ("
                            + before.checksum()
                            + "): other facts of items, or a defect.");
        } else {
            console.say(
                    "The model that was there was of the same interactions, specification and seed,"
                            + " but made with "
                            + (before.algebra() == null ? "nobody knows what" : before.algebra())
                            + ", not "
                            + made.algebra()
                            + ": sums in another order have other last bits.");
        }
    }
}
