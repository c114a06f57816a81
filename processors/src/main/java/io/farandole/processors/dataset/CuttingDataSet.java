package io.farandole.processors.dataset;

import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Requested;
import io.farandole.processors.objects.LocalDraft;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.recommenders.dataset.DataSet;
import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.model.ModelSpec;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Writes what happened until now as a data set; the same events make the same one. */
final class CuttingDataSet {

    private final Archive archive;
    private final ObjectStore objects;
    private final DatasetSettings settings;

    CuttingDataSet(Archive archive, ObjectStore objects, DatasetSettings settings) {
        this.archive = archive;
        this.objects = objects;
        this.settings = settings;
    }

    /**
     * @throws IllegalArgumentException if a candidate is no model that there is
     * @throws IllegalStateException if too little has happened yet for anything to be judged by it
     */
    List<TrainingEvent> cut(Requested requested) throws IOException, SQLException {
        List<String> candidates =
                (requested.candidates().isEmpty() ? settings.candidates() : requested.candidates())
                        .stream().map(ModelSpec::parse).map(ModelSpec::text).toList();
        DataSet set = DataSet.of(archive.interactions());
        DataSet.Summary summary = set.summary();
        if (summary.testUsers() == 0) {
            throw new IllegalStateException(
                    "there is nothing to judge a model by: no user has five interactions yet, of "
                            + summary.users()
                            + " users with "
                            + summary.interactions()
                            + " interactions");
        }
        String prefix = "datasets/" + summary.fingerprint();
        try (LocalDraft draft = LocalDraft.make()) {
            new DataSetDirectory(draft.directory()).write(set);
            objects.put(prefix, draft.directory());
        }
        return List.of(
                new DatasetReady(
                        requested.run(),
                        prefix,
                        summary.fingerprint(),
                        summary.users(),
                        summary.items(),
                        summary.interactions(),
                        summary.testUsers(),
                        candidates));
    }
}
