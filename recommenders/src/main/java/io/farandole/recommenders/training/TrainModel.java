package io.farandole.recommenders.training;

import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.dataset.UnreadableInteractions;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains in a process of its own: {@code --dataset DIR --out DIR --spec SPEC [--seed N] [--memory
 * BYTES]}; the memory is the most that this process may take, its JVM's heap and what is beside it
 * (default: what the machine has). One JSON line on standard output, the model's description;
 * progress on standard error. Exit codes: 0 the model is in its directory, 2 wrong usage, 3 it does
 * not fit in memory, 1 anything else; whatever is not 0 leaves no model.
 */
public final class TrainModel {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int DOES_NOT_FIT = 3;

    private static final String USAGE =
            "TrainModel --dataset DIR --out DIR --spec SPEC [--seed N] [--memory BYTES]";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Order(Path dataset, Path out, ModelSpec spec, long seed, long memory) {

        static Order parse(String[] arguments) {
            Map<String, String> options = new HashMap<>();
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(arguments[i] + " has no value");
                }
                options.put(arguments[i], arguments[i + 1]);
            }
            Order order =
                    new Order(
                            Path.of(needed(options, "--dataset")),
                            Path.of(needed(options, "--out")),
                            ModelSpec.parse(needed(options, "--spec")),
                            number(options, "--seed", 0),
                            number(options, "--memory", Long.MAX_VALUE));
            if (order.memory <= 0) {
                throw new IllegalArgumentException("--memory " + order.memory + " is no memory");
            }
            if (!options.isEmpty()) {
                throw new IllegalArgumentException("there is no option " + options.keySet());
            }
            return order;
        }

        private static String needed(Map<String, String> options, String name) {
            String value = options.remove(name);
            if (value == null) {
                throw new IllegalArgumentException(name + " is missing");
            }
            return value;
        }

        private static long number(Map<String, String> options, String name, long otherwise) {
            String text = options.remove(name);
            try {
                return text == null ? otherwise : Long.parseLong(text);
            } catch (NumberFormatException _) {
                throw new IllegalArgumentException(name + " " + text + " is no whole number");
            }
        }
    }

    private TrainModel() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        Order order;
        try {
            order = Order.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + ". Usage: " + USAGE);
            return WRONG_USAGE;
        }
        try {
            out.println(JSON.writeValueAsString(perform(order, err).description()));
            out.flush();
            return DONE;
        } catch (TooLarge e) {
            err.println(e.getMessage());
            return DOES_NOT_FIT;
        } catch (OutOfMemoryError e) {
            err.println("out of memory: " + e.getMessage());
            return DOES_NOT_FIT;
        } catch (UnreadableInteractions | IOException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (RuntimeException e) {
            e.printStackTrace(err);
            return FAILED;
        }
    }

    private static TrainedModel perform(Order order, PrintStream err) throws IOException {
        ModelDirectory target = new ModelDirectory(order.out);
        target.checkReplaceable();
        DataSetDirectory directory = new DataSetDirectory(order.dataset);
        List<Interaction> train = directory.train().read();
        ItemFacts facts = directory.facts();
        Progress progress = (step, done, all) -> err.println(done + "/" + all + " " + step);
        MemoryBudget memory = MemoryBudget.ofThisProcess(order.memory);
        Choice choice =
                order.spec instanceof ModelSpec.Auto
                        ? Training.choose(
                                train,
                                facts,
                                order.seed,
                                Training.USUAL_BUDGET,
                                Long.MAX_VALUE,
                                progress,
                                memory)
                        : null;
        TrainedModel model =
                Training.train(
                        choice == null ? order.spec : ModelSpec.parse(choice.spec()),
                        train,
                        facts,
                        directory.summary().fingerprint(),
                        order.seed,
                        progress,
                        memory);
        target.write(model, train, choice);
        return model;
    }
}
