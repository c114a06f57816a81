package io.farandole.processors.deployment;

import io.farandole.processors.objects.ObjectStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes models and data sets of old releases: all but those of the newest few, and never what is
 * served, tried or being loaded, nor what one that is kept shares with an old one.
 */
final class Tidying {

    private static final Logger log = LoggerFactory.getLogger(Tidying.class);

    // The row is locked while its objects are deleted: whoever goes back to it waits, and finds
    // that they are gone.
    private static final String OLDEST =
            """
            with kept as (
              select r.model, r.dataset from deployment.releases r
              where r.phase in ('LIVE', 'CANARY', 'LOADING')
                 or r.number > (select max(number) from deployment.releases) - ?
            )
            select r.release,
                   case when r.model not in (select k.model from kept k) then r.model end,
                   case when not exists (select from kept k where k.dataset = r.dataset)
                        then 'datasets/' || r.dataset end
            from deployment.releases r
            where r.phase in ('RETIRED', 'ROLLED_BACK', 'FAILED') and r.model_deleted_at is null
              and r.number <= (select max(number) from deployment.releases) - ?
            order by r.number limit 1
            for update skip locked
            """;
    private static final String DELETED =
            "update deployment.releases set model_deleted_at = clock_timestamp() where release = ?";

    private final ObjectStore objects;
    private final DataSource database;
    private final int kept;

    Tidying(ObjectStore objects, DataSource database, int kept) {
        this.objects = objects;
        this.database = database;
        this.kept = kept;
    }

    private record Old(String release, List<String> objects) {}

    /** What cannot be deleted now is with the next release: that one must not wait for it. */
    void tidy() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = tidyOne();
            }
        } catch (SQLException | IOException e) {
            log.warn("Models of old releases are not deleted yet: {}", e.toString());
        }
    }

    private boolean tidyOne() throws SQLException, IOException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Old old = oldest(connection);
            if (old != null) {
                for (String object : old.objects()) {
                    objects.delete(object);
                }
                ReleaseTables.update(connection, DELETED, old.release());
                log.info(
                        "Release {} cannot be gone back to any more: deleted {}",
                        old.release(),
                        old.objects());
            }
            connection.commit();
            return old != null;
        }
    }

    private @Nullable Old oldest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OLDEST)) {
            select.setInt(1, kept);
            select.setInt(2, kept);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                List<String> objects = new ArrayList<>();
                for (int column = 2; column <= 3; column++) {
                    String object = rows.getString(column);
                    if (object != null) {
                        objects.add(object);
                    }
                }
                return new Old(rows.getString(1), objects);
            }
        }
    }
}
