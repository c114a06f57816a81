package io.farandole.processors.deployment;

import io.farandole.processors.lists.Release;
import io.farandole.recommenders.model.TrainedModel;
import java.sql.SQLException;

/** Makes what a loading release is to serve, aside: everybody's list, and similar items. */
final class Filling {

    private final ReleaseTables tables;
    private final StagingLists staging;

    Filling(ReleaseTables tables, StagingLists staging) {
        this.tables = tables;
        this.staging = staging;
    }

    Filled fill(ReleaseRow row, TrainedModel trained) throws SQLException {
        int users = staging.stage(new Release(row.release(), row.model(), trained, false));
        int items = tables.stageSimilar(row.release(), trained);
        return new Filled(users, items);
    }
}
