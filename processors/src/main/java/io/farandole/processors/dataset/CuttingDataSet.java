package io.farandole.processors.dataset;

import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Requested;
import io.farandole.processors.objects.LocalDraft;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.GivenUp;
import io.farandole.recommenders.dataset.DataSet;
import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.model.ModelSpec;
import java.io.IOException;
import java.util.List;

/** Writes what happened until now as a data set; the same events make the same one. */
final class CuttingDataSet {

    private final Interactions interactions;
    private final ObjectStore objects;
    private final DatasetSettings settings;

    CuttingDataSet(Interactions interactions, ObjectStore objects, DatasetSettings settings) {
        this.interactions = interactions;
        this.objects = objects;
        this.settings = settings;
    }

    /**
     * @throws GivenUp if a candidate is no model that there is, or if too little has happened yet
     *     for anything to be judged by it
     */
    List<TrainingEvent> cut(Requested requested) throws IOException, GivenUp {
        List<String> candidates = candidates(requested);
        Interactions.Extract extract = interactions.all();
        DataSet set = DataSet.of(extract.interactions(), extract.facts());
        DataSet.Summary summary = set.summary();
        if (summary.testUsers() == 0) {
            throw new GivenUp(
                    "there is nothing to judge a model by: no user has five interactions yet, of "
                            + summary.users()
                            + " users with "
                            + summary.interactions()
                            + " interactions");
        }
        String prefix = "datasets/" + summary.fingerprint();
        try (LocalDraft draft = objects.draft()) {
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
                        candidates,
                        extract.events(),
                        extract.from(),
                        extract.to(),
                        Long.toString(extract.archivedTo())));
    }

    private List<String> candidates(Requested requested) throws GivenUp {
        List<String> wanted =
                requested.candidates().isEmpty() ? settings.candidates() : requested.candidates();
        try {
            return wanted.stream().map(ModelSpec::parse).map(ModelSpec::text).toList();
        } catch (IllegalArgumentException e) {
            throw new GivenUp(String.valueOf(e.getMessage()));
        }
    }
}
