package io.farandole.local.offline;

import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.console.Table;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.training.Training;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** What {@code auto} chooses, here and now, told as it goes. */
public record Chosen(Choice choice) {

    private static final int SHOWN = 12;

    /**
     * @param start of the time, in nanoseconds
     */
    static Choice now(
            List<Interaction> interactions,
            ItemFacts facts,
            long seed,
            TimeBudget budget,
            long start,
            Console console) {
        AtomicReference<String> step = new AtomicReference<>("auto");
        double units = Math.min((double) budget.most().toSeconds(), Training.USUAL_BUDGET);
        long nanos = budget.most().toNanos() - (System.nanoTime() - start);
        try (Progress _ = console.progress(_ -> "auto: " + step.get())) {
            return Training.choose(
                    interactions,
                    facts,
                    seed,
                    units,
                    nanos,
                    (what, done, all) ->
                            step.set(what + ", " + done + " of " + all + " units of work"),
                    Trained.memory());
        }
    }

    /** What was tried, the best first. */
    public void say(Console console) {
        Table table = new Table("tried", "users", "quality", "units");
        choice.tried().stream()
                .filter(one -> one.note().isEmpty())
                .sorted(Comparator.comparingDouble(Choice.Tried::quality).reversed())
                .limit(SHOWN)
                .forEach(one -> table.row(one.spec(), one.questions(), one.quality(), one.units()));
        console.say(table);
        long leftOut = choice.tried().stream().filter(one -> !one.note().isEmpty()).count();
        console.say(
                String.format(
                        Locale.ROOT,
                        "auto asked %,d users for %s; %,d models tried, %,d left out, %.0f of %.0f"
                                + " units of work (choice.json has all)",
                        choice.questions(),
                        choice.validation(),
                        choice.tried().size() - leftOut,
                        leftOut,
                        choice.units(),
                        choice.budget()));
        if (choice.wasLate()) {
            console.say(
                    "THE TIME WAS UP before the work was done: this machine is slower than the"
                            + " units are meant for, so that the choice cannot be repeated. Its"
                            + " text can: give it as --model.");
        }
    }
}
