package io.farandole.processors.lists;

import io.farandole.processors.objects.ObjectStore;
import io.farandole.recommenders.model.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads the releases that have lists now, with their models, which are kept between loads. */
public final class ReleasesLoading {

    /** Differs whenever {@link #load} would find other releases. */
    public static final String CURRENCY =
            """
            select coalesce(string_agg(
              release || ' ' || phase || coalesce(' ' || share, ''), ',' order by number), '')
            from deployment.releases where phase in ('LIVE', 'CANARY', 'LOADING')
            """;

    private static final String RELEASES =
            """
            select release, model, phase = 'LIVE' as live,
                   case phase when 'CANARY' then share end as share
            from deployment.releases where phase in ('LIVE', 'CANARY', 'LOADING') order by number
            """;

    private final ObjectStore objects;
    private Map<String, TrainedModel> models = Map.of();

    public ReleasesLoading(ObjectStore objects) {
        this.objects = objects;
    }

    public synchronized Releases load(Connection connection) throws SQLException {
        List<Release> releases = new ArrayList<>();
        Map<String, TrainedModel> used = new HashMap<>();
        boolean live = false;
        Canary canary = null;
        try (PreparedStatement statement = connection.prepareStatement(RELEASES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String model = rows.getString(2);
                TrainedModel trained = models.getOrDefault(model, used.get(model));
                if (trained == null) {
                    trained = read(model);
                }
                used.put(model, trained);
                live |= rows.getBoolean(3);
                Integer share = rows.getObject(4, Integer.class);
                if (share != null) {
                    canary = new Canary(rows.getString(1), share);
                }
                releases.add(new Release(rows.getString(1), model, trained, rows.getBoolean(3)));
            }
        }
        if (!live) {
            releases.addFirst(Release.TASTE);
        }
        models = used;
        return new Releases(releases, canary);
    }

    private TrainedModel read(String model) {
        try {
            return TrainedModel.load(objects.fetch(model));
        } catch (IOException e) {
            throw new UncheckedIOException("the model " + model + " cannot be read", e);
        }
    }
}
