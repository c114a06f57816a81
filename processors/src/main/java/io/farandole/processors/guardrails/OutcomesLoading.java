package io.farandole.processors.guardrails;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Sums up what came of the lists that were shown since the canary was released; quick without one.
 */
final class OutcomesLoading {

    private static final String OUTCOMES =
            """
            select tried.canary, by_user.release = tried.canary as of_canary, count(*),
                   sum(lists), sum(clicked), sum(booked), sum(lists * lists),
                   sum(clicked * clicked), sum(booked * booked),
                   sum(lists * clicked), sum(lists * booked)
            from (
              select s.canary, s.release,
                     floor(extract(epoch from r.canary_at) / 3600)::bigint as since
              from deployment.serving_set s join deployment.releases r on r.release = s.canary
            ) tried
            cross join lateral (
              select o.key as release,
                     sum((o.value ->> 'lists')::float8) as lists,
                     sum((o.value ->> 'clicked')::float8) as clicked,
                     sum((o.value ->> 'booked')::float8) as booked
              from guardrails.shown w
              join streams.generation g on g.id = w.generation
               and g.processor = 'guardrails' and g.phase = 'ACTIVE'
              cross join lateral jsonb_each(w.value -> 'outcomes') o
              where (w.value ->> 'window')::bigint >= tried.since
                and o.key in (tried.canary, tried.release)
              group by w.value ->> 'user', o.key
            ) by_user
            group by 1, 2
            """;

    private OutcomesLoading() {}

    static Outcomes load(Connection connection) throws SQLException {
        String release = "";
        Outcomes.Act clicks = Outcomes.NONE.clicks();
        Outcomes.Act bookings = Outcomes.NONE.bookings();
        try (PreparedStatement statement = connection.prepareStatement(OUTCOMES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                release = rows.getString(1);
                boolean ofCanary = rows.getBoolean(2);
                clicks = with(clicks, ofCanary, arm(rows, 5, 8, 10));
                bookings = with(bookings, ofCanary, arm(rows, 6, 9, 11));
            }
        }
        return new Outcomes(release, clicks, bookings);
    }

    private static Outcomes.Act with(Outcomes.Act act, boolean ofCanary, Arm arm) {
        return ofCanary ? new Outcomes.Act(arm, act.others()) : new Outcomes.Act(act.canary(), arm);
    }

    private static Arm arm(ResultSet row, int acted, int squared, int product) throws SQLException {
        return new Arm(
                row.getLong(3),
                row.getDouble(4),
                row.getDouble(acted),
                row.getDouble(7),
                row.getDouble(squared),
                row.getDouble(product));
    }
}
