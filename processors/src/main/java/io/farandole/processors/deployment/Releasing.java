package io.farandole.processors.deployment;

import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Approved;
import io.farandole.events.TrainingEvent.Released;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.GivenUp;
import io.farandole.processors.vertex.VertexTrouble;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.streams.batch.InfrastructureTrouble;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a model's release, in steps of which each may be the last one done before the plug is
 * pulled: the release is loading, then everybody's list is made from the history as it is then,
 * then all is switched at once. From the first step on personalisation writes lists in the release
 * too, so that an act in between is in it; from the last one on it is served, to a share of the
 * users if others can be served what was served before.
 */
final class Releasing {

    private static final Logger log = LoggerFactory.getLogger(Releasing.class);

    private final ObjectStore objects;
    private final ReleaseTables tables;
    private final Filling filling;
    private final DeploymentSettings settings;
    private final Tidying tidying;
    private final Predicting predicting;

    Releasing(
            ObjectStore objects,
            ReleaseTables tables,
            Filling filling,
            DeploymentSettings settings,
            Tidying tidying,
            Predicting predicting) {
        this.objects = objects;
        this.tables = tables;
        this.filling = filling;
        this.settings = settings;
        this.tidying = tidying;
        this.predicting = predicting;
    }

    List<TrainingEvent> release(Approved approved)
            throws IOException, SQLException, InterruptedException, GivenUp, VertexTrouble {
        // First of all: a model that cannot be read must not become everybody's trouble.
        TrainedModel trained = TrainedModel.load(objects.fetch(approved.model()));
        if (predicting.isSomewhere() && tables.isToBeLoaded(approved)) {
            // Before anything is loading: it takes many minutes.
            List<Served> served = tables.served();
            predicting.prepare(
                    approved.model(), served, served.isEmpty() ? 100 : settings.canaryShare());
        }
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
        withdraw(approved);
    }

    /** What was prepared for it, whole or half, is undone: what is served goes on alone. */
    private void withdraw(Approved approved) {
        try {
            predicting.follow(tables.served());
        } catch (IOException | GivenUp | VertexTrouble e) {
            log.warn(
                    "What was prepared for {} of run {} is still there, until something is"
                            + " released: {}",
                    approved.model(),
                    approved.run(),
                    e.getMessage());
        } catch (SQLException e) {
            throw new InfrastructureTrouble("what is served is not known", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
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
