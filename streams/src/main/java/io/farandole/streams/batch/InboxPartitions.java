package io.farandole.streams.batch;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The days of one generation's inbox: a partition each, by the time in front of the ids. */
final class InboxPartitions {

    private static final Logger log = LoggerFactory.getLogger(InboxPartitions.class);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int BELOW_TIME = 16;
    private static final String DAYS =
            """
            select c.relname, i.inhdetachpending
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = to_regclass(?)
            """;

    private static final String FORGOTTEN =
            "select forgotten_before from streams.generation where id = ?";
    private static final String FORGET =
            """
            update streams.generation set forgotten_before = ?
            where id = ? and (forgotten_before is null or forgotten_before < ?)
            """;

    private final Ddl ddl;
    private final int generation;
    private final String inbox;

    InboxPartitions(Ddl ddl, Generation generation) {
        this.ddl = ddl;
        this.generation = generation.id();
        this.inbox = generation.partitionOf("inbox");
    }

    void create() throws SQLException {
        String table = StreamsSchema.NAME + "." + inbox;
        if (!ddl.exists(table)) {
            // Made apart and attached: that stops no reader and no writer of the other generations.
            ddl.run(
                    List.of(
                            "create table "
                                    + table
                                    + " (like streams.inbox including defaults)"
                                    + " partition by range (event_id)",
                            "alter table " + table + " add primary key (event_id)",
                            "alter table streams.inbox attach partition "
                                    + table
                                    + " for values in ("
                                    + inbox.substring(inbox.lastIndexOf('g') + 1)
                                    + ")"));
        }
    }

    /** The first day that was never forgotten. */
    LocalDate forgottenBefore() throws SQLException {
        try (PreparedStatement statement = ddl.connection().prepareStatement(FORGOTTEN)) {
            statement.setInt(1, generation);
            try (ResultSet rows = statement.executeQuery()) {
                LocalDate day = rows.next() ? rows.getObject(1, LocalDate.class) : null;
                return day == null ? LocalDate.EPOCH : day;
            }
        }
    }

    /** Makes the partitions of the horizon's days that are not there and were not forgotten. */
    void ensure(InboxHorizon horizon, Instant now) throws SQLException {
        Set<String> there = new HashSet<>(days().attached);
        List<String> statements = new ArrayList<>();
        LocalDate last = horizon.lastDay(now);
        LocalDate forgotten = forgottenBefore();
        LocalDate first = horizon.firstDay(now);
        for (LocalDate day = first.isBefore(forgotten) ? forgotten : first;
                !day.isAfter(last);
                day = day.plusDays(1)) {
            String name = nameOf(day);
            if (!there.contains(name)) {
                String table = StreamsSchema.NAME + "." + name;
                statements.add(
                        "create table "
                                + table
                                + " (like streams."
                                + inbox
                                + " including defaults)");
                statements.add(
                        "alter table streams."
                                + inbox
                                + " attach partition "
                                + table
                                + " for values from ('"
                                + lowest(day)
                                + "') to ('"
                                + lowest(day.plusDays(1))
                                + "')");
            }
        }
        ddl.run(statements);
    }

    /** Drops the days before the horizon; needs a connection that commits by itself. */
    void retire(InboxHorizon horizon, Instant now) throws SQLException {
        LocalDate first = horizon.firstDay(now);
        String oldest = nameOf(first);
        Days days = days();
        if (days.attached.stream().anyMatch(name -> name.compareTo(oldest) < 0)) {
            // Before the first of them goes: an empty day that was made anew would count twice.
            forget(first);
        }
        for (String name : days.pending) {
            ddl.run("alter table streams." + inbox + detach(name) + " finalize");
            ddl.run("drop table streams." + name);
        }
        for (String name : days.attached) {
            if (name.compareTo(oldest) < 0) {
                log.info("Forgetting the ids of {}: past the horizon", name);
                ddl.run("alter table streams." + inbox + detach(name) + " concurrently");
                ddl.run("drop table streams." + name);
            }
        }
    }

    private void forget(LocalDate first) throws SQLException {
        try (PreparedStatement statement = ddl.connection().prepareStatement(FORGET)) {
            statement.setObject(1, first);
            statement.setInt(2, generation);
            statement.setObject(3, first);
            statement.executeUpdate();
        }
    }

    private record Days(List<String> attached, List<String> pending) {}

    private Days days() throws SQLException {
        Days days = new Days(new ArrayList<>(), new ArrayList<>());
        try (PreparedStatement statement = ddl.connection().prepareStatement(DAYS)) {
            statement.setString(1, StreamsSchema.NAME + "." + inbox);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    (rows.getBoolean(2) ? days.pending : days.attached).add(rows.getString(1));
                }
            }
        }
        return days;
    }

    private String nameOf(LocalDate day) {
        return inbox + "_" + DAY.format(day);
    }

    private static String detach(String name) {
        return " detach partition streams." + name;
    }

    /** No id of this day or later is less. */
    private static UUID lowest(LocalDate day) {
        long millis = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        return new UUID(millis << BELOW_TIME, 0);
    }
}
