package io.farandole.processors.deployment;

import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.processors.objects.NoSuchObject;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.GivenUp;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.streams.Saying;
import io.farandole.streams.Work;
import io.farandole.streams.batch.InfrastructureTrouble;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Promotes and rolls back releases, as was asked for. A canary's lists are there already, so that
 * its switch is one transaction; a release that was left has to be loaded again, as a new one is.
 * Whatever is done, or refused, is recorded with who asked and why; asked again under the same id
 * it is only told again.
 */
final class Switching {

    private static final String NAME = "switching";
    private static final int ATTEMPTS = 4;

    private final ObjectStore objects;
    private final SwitchTables tables;
    private final Filling filling;
    private final Tidying tidying;

    Switching(ObjectStore objects, SwitchTables tables, Filling filling, Tidying tidying) {
        this.objects = objects;
        this.tables = tables;
        this.filling = filling;
        this.tidying = tidying;
    }

    Work<TrainingEvent> work() {
        return new Work<>(
                NAME,
                message -> said(switchAsAsked(command(message))),
                (message, reason) -> said(giveUp(command(message), reason)),
                ATTEMPTS);
    }

    private Switched switchAsAsked(Command command) throws SQLException, IOException {
        Optional<Switched> recorded = tables.recorded(command);
        if (recorded.isPresent()) {
            return recorded.get();
        }
        try {
            Switched switched =
                    switch (command.kind()) {
                        case PROMOTE -> promote(command, required(command));
                        case ROLL_BACK -> rollBack(command, required(command));
                    };
            tidying.tidy();
            return switched;
        } catch (GivenUp e) {
            return tables.refuse(command, String.valueOf(e.getMessage()));
        }
    }

    private ReleaseRow required(Command command) throws SQLException, GivenUp {
        return tables.named(command.release())
                .orElseThrow(() -> new GivenUp("there is no release " + command.release()));
    }

    private Switched promote(Command command, ReleaseRow row)
            throws SQLException, IOException, GivenUp {
        return switch (row.phase()) {
            case CANARY -> tables.promoteCanary(command, row);
            case LIVE -> throw new GivenUp(row.release() + " is served to everybody already");
            case LOADING, FAILED, RETIRED, ROLLED_BACK -> {
                if (!row.wasServed()) {
                    throw new GivenUp(
                            row.release()
                                    + (row.phase() == ReleaseRow.Phase.LOADING
                                            ? " is being loaded, and is served when that is done"
                                            : " was never loaded whole"));
                }
                yield bringBack(command, row);
            }
        };
    }

    private Switched rollBack(Command command, ReleaseRow row)
            throws SQLException, IOException, GivenUp {
        return switch (row.phase()) {
            case CANARY -> tables.rollBackCanary(command, row);
            case LIVE ->
                    bringBack(
                            command,
                            tables.before()
                                    .orElseThrow(
                                            () ->
                                                    new GivenUp(
                                                            "there is no release to go back to:"
                                                                    + " none was served to everybody"
                                                                    + " before "
                                                                    + row.release()
                                                                    + " that was not rolled back"
                                                                    + " and whose model is kept")));
            case LOADING, FAILED, RETIRED, ROLLED_BACK ->
                    throw new GivenUp(row.release() + " is not served");
        };
    }

    private Switched bringBack(Command command, ReleaseRow row)
            throws SQLException, IOException, GivenUp {
        TrainedModel trained = model(row);
        tables.load(row);
        try {
            return tables.bringBack(command, row, filling.fill(row, trained));
        } catch (Throwable e) {
            // An Error too, such as a lack of memory: what fails has to leave nothing loading.
            try {
                tables.loadNoMore();
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private TrainedModel model(ReleaseRow row) throws IOException, GivenUp {
        try {
            return TrainedModel.load(objects.fetch(row.model()));
        } catch (NoSuchObject _) {
            throw new GivenUp(
                    "the model of "
                            + row.release()
                            + " was deleted: only those of the newest releases are kept");
        }
    }

    private Switched giveUp(Command command, String reason) {
        try {
            tables.loadNoMore();
            return tables.refuse(
                    command, reason.isBlank() ? "no reason was given" : shortened(reason));
        } catch (SQLException e) {
            throw new InfrastructureTrouble(
                    "the switch of " + command.release() + " cannot be given up", e);
        }
    }

    private static String shortened(String reason) {
        return reason.length() <= 500 ? reason : reason.substring(0, 499) + "…";
    }

    private static Command command(Message<TrainingEvent> message) {
        return Command.of(message).orElseThrow();
    }

    private static List<Saying> said(Switched switched) {
        return List.of(new Saying(TopicCatalogue.TRAINING, switched.event()));
    }
}
