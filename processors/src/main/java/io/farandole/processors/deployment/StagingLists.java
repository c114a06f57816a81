package io.farandole.processors.deployment;

import io.farandole.events.Cause;
import io.farandole.processors.lists.AssortmentLoading;
import io.farandole.processors.lists.HistoriesReading;
import io.farandole.processors.lists.History;
import io.farandole.processors.lists.ListsJson;
import io.farandole.processors.lists.MakingLists;
import io.farandole.processors.lists.Offering;
import io.farandole.processors.lists.Release;
import io.farandole.processors.lists.UserList;
import io.farandole.streams.Told;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Makes everybody's list in a release, from one snapshot of all histories, and sets it aside. */
final class StagingLists {

    private final DataSource database;

    StagingLists(DataSource database) {
        this.database = database;
    }

    /** Says for how many users there is a list now. */
    int stage(Release release) throws SQLException {
        try (Connection reading = database.getConnection();
                Connection writing = database.getConnection()) {
            writing.setAutoCommit(false);
            clear(writing, release.name());
            Offering offering = AssortmentLoading.load(reading);
            int users = 0;
            try (CopyIn copy =
                    CopyIn.to(
                            writing,
                            "deployment.staged_lists (release, key, sequence, version, list)")) {
                users =
                        HistoriesReading.each(
                                reading,
                                (history, version) ->
                                        copy.row(
                                                release.name(),
                                                history.user(),
                                                history.sequence(),
                                                version,
                                                list(history, offering, release)));
            }
            writing.commit();
            return users;
        }
    }

    private static String list(History history, Offering offering, Release release) {
        Told last = history.lastTold();
        MakingLists.Made made = MakingLists.of(history, offering, release);
        return ListsJson.JSON.writeValueAsString(
                new UserList(
                        release.name(),
                        made.model(),
                        history.sequence(),
                        1,
                        last == null ? null : new Cause(last.source(), last.id()),
                        last == null ? null : last.at(),
                        made.entries()));
    }

    private static void clear(Connection connection, String release) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement(
                        "delete from deployment.staged_lists where release = ?")) {
            delete.setString(1, release);
            delete.executeUpdate();
        }
    }
}
