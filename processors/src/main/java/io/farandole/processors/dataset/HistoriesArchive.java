package io.farandole.processors.dataset;

import io.farandole.processors.lists.Acts;
import io.farandole.processors.lists.HistoriesReading;
import io.farandole.recommenders.dataset.Interaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The archive for now: personalisation's histories, the very facts that are folded in when lists
 * are made. What has no grade and no liking, such as a look, is not in it.
 */
final class HistoriesArchive implements Archive {

    private final DataSource database;

    HistoriesArchive(DataSource database) {
        this.database = database;
    }

    @Override
    public List<Interaction> interactions() throws SQLException {
        List<Interaction> interactions = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            HistoriesReading.each(
                    connection,
                    (history, _) -> {
                        for (Acts.Act act : Acts.of(history)) {
                            Double stars = act.stars();
                            if (stars != null) {
                                interactions.add(
                                        new Interaction(
                                                history.user(), act.item(), stars, act.at()));
                            }
                        }
                    });
        }
        return interactions;
    }
}
