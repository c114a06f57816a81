package io.farandole.local.offline;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.dataset.InteractionFile;
import io.farandole.recommenders.dataset.UnreadableInteractions;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.Scored;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.model.UnreadableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists from a model's directory, for users it was trained on, or for those of another file, whose
 * events are folded in; others get what is popular.
 */
public final class Listing {

    private static final Pattern SEPARATOR = Pattern.compile("\t|::|[,; ]");

    private final TrainedModel model;
    private final Histories histories;

    /**
     * @param known how many past items the list was learnt from; 0 where popularity alone speaks
     */
    public record UserList(String user, int known, List<Scored> items) {}

    private Listing(TrainedModel model, Histories histories) {
        this.model = model;
        this.histories = histories;
    }

    /**
     * @param events what the users did; null for what the model was trained on
     * @throws Failure if there is no whole model there, or the events are malformed
     */
    public static Listing from(Path directory, @Nullable InteractionFile events) {
        try {
            TrainedModel model = TrainedModel.load(directory);
            return new Listing(
                    model,
                    Histories.of(
                            events == null
                                    ? new ModelDirectory(directory).histories().read()
                                    : Offline.read(events.path(), events.shape())));
        } catch (UnreadableModel | UnreadableInteractions e) {
            throw new Failure(
                    ExitCode.FAILED,
                    e.getMessage() + ". Make one with: farandole train --events FILE --out DIR",
                    e);
        }
    }

    /** The first column of each line, each user once, in the file's order. */
    public static Set<String> users(Path file) {
        Set<String> users = new LinkedHashSet<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    users.add(SEPARATOR.split(line.strip(), 2)[0]);
                }
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, file + " cannot be read: " + e, e);
        }
        return users;
    }

    public TrainedModel model() {
        return model;
    }

    /** The items alone, which costs less. */
    public List<String> items(String user, int k) {
        return model.foldInOrder(histories.of(user)).bestItems(k);
    }

    public UserList list(String user, int k) {
        var folded = model.foldInOrder(histories.of(user));
        return new UserList(user, folded.known(), folded.best(k));
    }
}
