package io.farandole.processors.deployment;

import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Approved;
import io.farandole.events.TrainingEvent.Released;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.GivenUp;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.streams.batch.InfrastructureTrouble;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * Makes a model's release, in steps of which each may be the last one done before the plug is
 * pulled: the release is loading, then everybody's list is made from the history as it is then,
 * then all is switched at once. From the first step on personalisation writes lists in the release
 * too, so that an act in between is in it; from the last one on it is served, to a share of the
 * users if others can be served what was served before.
 */
final class Releasing {

    private final ObjectStore objects;
    private final ReleaseTables tables;
    private final Filling filling;
    private final DeploymentSettings settings;
    private final Tidying tidying;

    Releasing(
            ObjectStore objects,
            ReleaseTables tables,
            Filling filling,
            DeploymentSettings settings,
            Tidying tidying) {
        this.objects = objects;
        this.tables = tables;
        this.filling = filling;
        this.settings = settings;
        this.tidying = tidying;
    }

    List<TrainingEvent> release(Approved approved) throws IOException, SQLException, GivenUp {
        // First of all: a model that cannot be read must not become everybody's trouble.
        TrainedModel trained = TrainedModel.load(objects.fetch(approved.model()));
        ReleaseRow row = tables.load(approved, trained.description().dataset());
        if (row.phase() == ReleaseRow.Phase.LOADING) {
            row = fill(row, trained);
        }
        tidying.tidy();
        return List.of(
                new Released(
                        approved.run(),
                        row.release(),
                        row.model(),
                        row.spec(),
                        row.users(),
                        row.items(),
                        row.share()));
    }

    /**
     * Ends what a process that was killed has left loading: personalisation would write lists in it
     * until the next run is approved.
     */
    void giveUp(Approved approved) {
        try {
            tables.giveUpRun(approved.run().value());
        } catch (SQLException e) {
            throw new InfrastructureTrouble(
                    "the release of " + approved.run() + " cannot be given up", e);
        }
    }

    private ReleaseRow fill(ReleaseRow row, TrainedModel trained) throws SQLException {
        try {
            return tables.publish(row, filling.fill(row, trained), settings);
        } catch (Throwable e) {
            // An Error too, such as a lack of memory: what fails has to leave nothing loading.
            giveUp(row, e);
            throw e;
        }
    }

    private void giveUp(ReleaseRow row, Throwable because) {
        try {
            tables.giveUp(row.release());
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }
}
