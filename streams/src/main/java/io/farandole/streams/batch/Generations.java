package io.farandole.streams.batch;

import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The generations of all processors, as registered. */
final class Generations {

    private static final String REGISTER =
            """
            insert into streams.generation (processor, number, ring, phase, description, code)
            select ?, 1, ?, 'ACTIVE', ?, ?
            where not exists (select from streams.generation where processor = ?)
            """;
    private static final String ACTIVE =
            """
            select id, number, ring from streams.generation
            where processor = ? and phase = 'ACTIVE'
            """;
    private static final String DAILY =
            """
            select id, processor, number from streams.generation
            where ring = 'INTERNAL' and to_regclass('streams.inbox_g' || id) is not null
            order by id
            """;

    private static final String STATES =
            """
            select id, processor, number, phase, fed, emits, created_at, switched_at, dropped_at,
                trouble, description, code,
                (select min(first) from streams.backfill b where b.generation = g.id),
                (select max(position) from streams.backfill b
                 where b.generation = g.id and b.first is not null),
                looked_up
            from streams.generation g where processor = ? or ?::text is null order by processor, number
            """;
    private static final String CREATE =
            """
            insert into streams.generation (processor, number, ring, phase, emits, description, code)
            select ?, max(number) + 1, ?, 'CREATED', ?, ?, ? from streams.generation where processor = ?
            returning id, number
            """;
    private static final String BACKFILL =
            "insert into streams.backfill (generation, topic) values (?, ?)";

    private final Connection connection;

    Generations(Connection connection) {
        this.connection = connection;
    }

    /** The processor's active generation; its first, made now, if it has none at all. */
    Generation active(Processor processor) throws SQLException {
        try (PreparedStatement register = connection.prepareStatement(REGISTER)) {
            register.setString(1, processor.name());
            register.setString(2, processor.ring().name());
            register.setString(3, Made.description(processor));
            register.setString(4, Made.code(processor));
            register.setString(5, processor.name());
            register.executeUpdate();
        }
        try (PreparedStatement active = connection.prepareStatement(ACTIVE)) {
            active.setString(1, processor.name());
            try (ResultSet rows = active.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException(
                            "processor "
                                    + processor.name()
                                    + " has generations, but none is ACTIVE: switch to one");
                }
                if (!rows.getString(3).equals(processor.ring().name())) {
                    throw new IllegalStateException(
                            "processor "
                                    + processor.name()
                                    + " heard the "
                                    + rows.getString(3)
                                    + " ring until now and is described for the "
                                    + processor.ring()
                                    + " ring: it needs a new name, or a new data directory");
                }
                return new Generation(rows.getInt(1), processor.name(), rows.getInt(2));
            }
        }
    }

    /** Those that remember ids of internal events day by day. */
    List<Generation> withDailyInbox() throws SQLException {
        List<Generation> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DAILY);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Generation(rows.getInt(1), rows.getString(2), rows.getInt(3)));
            }
        }
        return found;
    }

    /** A new one beside those that there are; it has read nothing of the archive. */
    Generation create(Processor processor) throws SQLException {
        Generation created;
        try (PreparedStatement create = connection.prepareStatement(CREATE)) {
            create.setString(1, processor.name());
            create.setString(2, processor.ring().name());
            create.setBoolean(3, !processor.sinks().isEmpty());
            create.setString(4, Made.description(processor));
            create.setString(5, Made.code(processor));
            create.setString(6, processor.name());
            try (ResultSet rows = create.executeQuery()) {
                rows.next();
                created = new Generation(rows.getInt(1), processor.name(), rows.getInt(2));
            }
        }
        try (PreparedStatement backfill = connection.prepareStatement(BACKFILL)) {
            for (Source<?> source : processor.sources()) {
                backfill.setInt(1, created.id());
                backfill.setString(2, source.topic().name());
                backfill.addBatch();
            }
            backfill.executeBatch();
        }
        return created;
    }

    /**
     * All that ever were, in order.
     *
     * @param processor null for all
     */
    List<GenerationState> states(@Nullable String processor) throws SQLException {
        List<GenerationState> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(STATES)) {
            statement.setString(1, processor);
            statement.setString(2, processor);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(
                            new GenerationState(
                                    new Generation(
                                            rows.getInt(1), rows.getString(2), rows.getInt(3)),
                                    GenerationPhase.valueOf(rows.getString(4)),
                                    rows.getBoolean(5),
                                    rows.getBoolean(6),
                                    rows.getObject(7, OffsetDateTime.class).toInstant(),
                                    instant(rows, 8),
                                    instant(rows, 9),
                                    rows.getString(10),
                                    new Made(
                                            rows.getString(11),
                                            rows.getString(12),
                                            (Long) rows.getObject(13),
                                            (Long) rows.getObject(14),
                                            lookedUp(rows.getString(15)))));
                }
            }
        }
        return found;
    }

    private static SortedMap<String, String> lookedUp(@Nullable String json) {
        SortedMap<String, String> found = new TreeMap<>();
        if (json != null) {
            Values.JSON
                    .readTree(json)
                    .properties()
                    .forEach(one -> found.put(one.getKey(), one.getValue().asString()));
        }
        return found;
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
