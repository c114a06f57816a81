package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The generations of all processors, for those who look after them. */
public final class RegisteredGenerations {

    private static final String MOVE =
            "update streams.generation set phase = ?, trouble = null where id = ? and phase = ?";
    private static final String TROUBLE =
            """
            update streams.generation set trouble = ?
            where id = ? and trouble is distinct from ?
            """;
    private static final String REPLAYED =
            """
            update streams.generation
            set replayed_until = greatest(replayed_until, ?::timestamptz) where id = ?
            """;
    // Read by all batches since the ledger began; the sums over workers and hours are few rows.
    private static final String PROGRESS =
            """
            select coalesce(l.topic, b.topic) as topic, coalesce(l.heard, 0), coalesce(l.waiting, 0),
                b.position, coalesce(b.events, 0), coalesce(l.withheld, 0)
            from (select topic, sum(delivered - duplicate)::bigint as heard,
                      sum(waiting)::bigint as waiting, sum(withheld)::bigint as withheld
                  from streams.ledger where generation = ? group by topic) l
            full join (select * from streams.backfill where generation = ?) b on b.topic = l.topic
            order by 1
            """;

    private final DataSource dataSource;

    public RegisteredGenerations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * How much of a topic a generation has heard.
     *
     * @param heard distinct events, from the archive and otherwise
     * @param position in the archive; null if it never read that
     * @param archived events of the archive that it has passed, those withheld included
     * @param withheld of users who asked to be forgotten, from the archive and otherwise
     */
    public record Progress(
            String topic,
            long heard,
            long waiting,
            @Nullable Long position,
            long archived,
            long withheld) {}

    /**
     * All that ever were, in the order of processors and numbers.
     *
     * @param processor null for all
     */
    public List<GenerationState> states(@Nullable String processor) {
        try (Connection connection = dataSource.getConnection()) {
            return new Generations(connection).states(processor);
        } catch (SQLException e) {
            throw Trouble.infrastructure("reading generations", e);
        }
    }

    public Optional<GenerationState> find(String processor, int number) {
        return states(processor).stream()
                .filter(state -> state.generation().number() == number)
                .findFirst();
    }

    public Optional<GenerationState> active(String processor) {
        return states(processor).stream()
                .filter(state -> state.phase() == GenerationPhase.ACTIVE)
                .findFirst();
    }

    /** Goes on to the next phase, unless it has left this one; to switch is something else. */
    public boolean move(Generation generation, GenerationPhase from, GenerationPhase to) {
        if (to.compareTo(GenerationPhase.ACTIVE) >= 0) {
            throw new IllegalArgumentException(to + " is reached by a switch");
        }
        return change(MOVE, to.name(), generation.id(), from.name()) == 1;
    }

    /** Why it does not get on; null when it does. */
    public void trouble(Generation generation, @Nullable String trouble) {
        String text = trouble == null ? null : Storable.reason(trouble);
        int _ = change(TROUBLE, text, generation.id(), text);
    }

    /**
     * What was published before then may be brought to it once more: from now on each of its
     * batches looks whether whoever it is about asked to be forgotten since. Called before anything
     * is brought.
     */
    public void replaying(Generation generation, Instant until) {
        int _ = change(REPLAYED, until.atOffset(ZoneOffset.UTC), generation.id());
    }

    /** What it has heard, topic by topic. */
    public List<Progress> progress(Generation generation) {
        try (Connection connection = dataSource.getConnection()) {
            return progress(connection, generation);
        } catch (SQLException e) {
            throw Trouble.infrastructure("reading how far " + generation.label() + " is", e);
        }
    }

    static List<Progress> progress(Connection connection, Generation generation)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PROGRESS)) {
            statement.setInt(1, generation.id());
            statement.setInt(2, generation.id());
            try (ResultSet rows = statement.executeQuery()) {
                List<Progress> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(
                            new Progress(
                                    rows.getString(1),
                                    rows.getLong(2),
                                    rows.getLong(3),
                                    (Long) rows.getObject(4),
                                    rows.getLong(5),
                                    rows.getLong(6)));
                }
                return found;
            }
        }
    }

    private int change(String sql, @Nullable Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw Trouble.infrastructure("changing a generation's phase", e);
        }
    }
}
