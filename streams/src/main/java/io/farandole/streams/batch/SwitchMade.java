package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A switch that was made: who asked for it, what was missing and differed, and what was allowed to.
 *
 * @param from the number of the generation that was retired
 * @param behind events that the new one had not heard
 * @param lost how many of those were not on their way any more
 * @param differing keys that were not the same in both; null where nothing was compared
 * @param mostDiffering null as above
 */
public record SwitchMade(
        int from,
        int to,
        Instant at,
        String by,
        long behind,
        long mostBehind,
        long lost,
        long mostLost,
        @Nullable Long differing,
        @Nullable Long mostDiffering) {

    private static final String NOTE =
            """
            insert into streams.switch (retired, entered, asked_by, behind, max_behind, lost, max_lost,
                comparison, max_differing, wall_clock_until, event_time_until)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz,
                (select max(w.event_time) from streams.watermark w where w.generation in (?, ?)))
            """;
    private static final String TO =
            """
            select r.number, e.number, s.switched_at, s.asked_by, s.behind, s.max_behind, s.lost,
                s.max_lost, c.unequal, s.max_differing
            from streams.switch s
            join streams.generation r on r.id = s.retired
            join streams.generation e on e.id = s.entered
            left join streams.comparison c on c.id = s.comparison
            where s.entered = ? order by s.id
            """;

    /**
     * @param firedBefore until then timers by the clock are the retired one's. Those in event time
     *     are until where either has come: by then it has fired, or the other did so silently
     */
    static void note(
            Connection connection,
            Generation retired,
            Generation entered,
            Missed missed,
            SwitchingGenerations.Allowance allowed,
            SwitchingGenerations.Asked asked,
            Instant firedBefore)
            throws SQLException {
        SwitchingGenerations.Judged judged = asked.judged();
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            statement.setInt(1, retired.id());
            statement.setInt(2, entered.id());
            statement.setString(3, asked.by());
            statement.setLong(4, missed.events());
            statement.setLong(5, allowed.behind());
            statement.setLong(6, missed.lost());
            statement.setLong(7, allowed.lost());
            statement.setObject(8, judged == null ? null : judged.comparison());
            statement.setObject(9, judged == null ? null : judged.mostDiffering());
            statement.setString(10, firedBefore.toString());
            statement.setInt(11, retired.id());
            statement.setInt(12, entered.id());
            statement.executeUpdate();
        }
    }

    static List<SwitchMade> to(Connection connection, Generation entered) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TO)) {
            statement.setInt(1, entered.id());
            try (ResultSet rows = statement.executeQuery()) {
                List<SwitchMade> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(
                            new SwitchMade(
                                    rows.getInt(1),
                                    rows.getInt(2),
                                    rows.getObject(3, OffsetDateTime.class).toInstant(),
                                    rows.getString(4),
                                    rows.getLong(5),
                                    rows.getLong(6),
                                    rows.getLong(7),
                                    rows.getLong(8),
                                    (Long) rows.getObject(9),
                                    (Long) rows.getObject(10)));
                }
                return found;
            }
        }
    }
}
