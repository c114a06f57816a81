package io.farandole.processors.deployment;

import io.farandole.events.TrainingEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param model the release's; null where it was refused
 * @param other the release in whose place it came, or that came in its place
 * @param reasons of the command; where it was refused, why
 */
record Switched(
        Command command,
        Outcome outcome,
        @Nullable String model,
        @Nullable String other,
        List<String> reasons) {

    enum Outcome {
        PROMOTED,
        ROLLED_BACK,
        REFUSED
    }

    static Switched refused(Command command, String reason) {
        return new Switched(command, Outcome.REFUSED, null, null, List.of(reason));
    }

    /** As it is told. */
    TrainingEvent event() {
        return switch (outcome) {
            case PROMOTED ->
                    new TrainingEvent.Promoted(
                            command.run(),
                            command.release(),
                            Objects.requireNonNull(model),
                            other,
                            command.by(),
                            reasons);
            case ROLLED_BACK ->
                    new TrainingEvent.RolledBack(
                            command.run(),
                            command.release(),
                            Objects.requireNonNull(model),
                            Objects.requireNonNull(other),
                            command.by(),
                            reasons);
            case REFUSED ->
                    new TrainingEvent.SwitchRefused(
                            command.run(), command.release(), command.by(), reasons.getFirst());
        };
    }
}
