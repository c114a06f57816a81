package io.farandole.streams.batch;

import io.farandole.streams.batch.ComparingGenerations.Comparison;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Switches a processor from one generation to another, forth or back, in one transaction under its
 * phase lock: no batch straddles it. What either has heard and the other has not is noted, and
 * until when timers are those of the former one, so that what follows from each event is said once.
 */
public final class SwitchingGenerations {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /**
     * By so much clocks may differ: what the former generation has fired by one that is ahead is
     * not later than this.
     */
    private static final Duration MOST_SKEW = Duration.ofSeconds(10);

    /** The ids of what was claimed and put aside. */
    static final String UNAPPLIED =
            """
            select (l.attributes ->> 'ce-id')::uuid from streams.dead_letter l
            where l.generation = %d and l.status = 'OPEN'
              and l.attributes ->> 'ce-id' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'\
            """;

    private static final String LEAVE =
            """
            update streams.generation set phase = 'RETIRED', switched_at = clock_timestamp()
            where id = ?
            """;
    private static final String ENTER =
            """
            update streams.generation
            set phase = 'ACTIVE', switched_at = clock_timestamp(), trouble = null where id = ?
            """;

    private final DataSource dataSource;
    private final Clock clock;

    public SwitchingGenerations(DataSource dataSource) {
        this(dataSource, Clock.systemUTC());
    }

    /**
     * @param clock by which timers fire
     */
    SwitchingGenerations(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * A switch that was made, or would be.
     *
     * @param behind how many events the one has not heard that the other has
     * @param lost how many of those are not on their way any more
     * @param saidAlready how many of those it is to apply silently
     * @param saidYet how many the former one applies yet, saying what follows
     */
    public record Switch(int from, int to, long behind, long lost, int saidAlready, int saidYet) {}

    /**
     * How much may be missing in the one that is switched to.
     *
     * @param behind how many events it may have heard less than the active one
     * @param lost how many of those may be lost to it: published a while ago and not heard, or no
     *     longer in the archive when it was built
     */
    public record Allowance(long behind, long lost) {}

    /**
     * Who asks for a switch; recorded with it.
     *
     * @param judged null to switch whatever either holds, as in going back
     */
    public record Asked(String by, @Nullable Judged judged) {}

    /**
     * By what a switch is judged beforehand.
     *
     * @param comparison of the active one with the new one, as kept
     * @param mostDiffering how many keys may be different, missing or added, in all stores together
     */
    public record Judged(long comparison, long mostDiffering) {}

    /** Every switch to a generation, the first one first. */
    public List<SwitchMade> madeTo(Generation generation) {
        try (Connection connection = dataSource.getConnection()) {
            return SwitchMade.to(connection, generation);
        } catch (SQLException e) {
            throw Trouble.infrastructure("reading the switches to " + generation.label(), e);
        }
    }

    /**
     * Makes this generation the active one; the active one is retired, and fed on.
     *
     * @param dry to change nothing
     * @throws IllegalStateException if it cannot be switched to, saying why
     * @throws InfrastructureTrouble if the database fails, or batches under way take too long
     */
    public Switch activate(
            String processor, int number, Allowance allowed, Asked asked, boolean dry) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                PhaseLocks.alone(connection, processor, PATIENCE);
                Switch made = activate(connection, processor, number, allowed, asked);
                if (dry) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                return made;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("switching " + processor + " to generation " + number, e);
        }
    }

    private Switch activate(
            Connection connection, String processor, int number, Allowance allowed, Asked asked)
            throws SQLException {
        List<GenerationState> states = new Generations(connection).states(processor);
        GenerationState to = wanted(states, processor, number);
        GenerationState from =
                states.stream()
                        .filter(state -> state.phase() == GenerationPhase.ACTIVE)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "processor "
                                                        + processor
                                                        + " has no generation that"
                                                        + " is ACTIVE: this is a fault, report it"));
        Missed missed = Missed.of(connection, from.generation(), to.generation());
        requireAllowed(missed, allowed, from.generation(), to.generation());
        if (asked.judged() != null) {
            requireAlike(connection, asked.judged(), from.generation(), to.generation());
        }
        int already = 0;
        int yet = 0;
        if (from.emits()) {
            already = note(connection, from.generation(), to.generation(), to.generation(), false);
            yet = note(connection, to.generation(), from.generation(), from.generation(), true);
        }
        move(connection, LEAVE, from.generation());
        move(connection, ENTER, to.generation());
        SwitchMade.note(
                connection,
                from.generation(),
                to.generation(),
                missed,
                allowed,
                asked,
                clock.instant().plus(MOST_SKEW));
        return new Switch(
                from.generation().number(), number, missed.events(), missed.lost(), already, yet);
    }

    private static void requireAllowed(
            Missed missed, Allowance allowed, Generation from, Generation to) {
        if (missed.lost() > allowed.lost()) {
            throw new IllegalStateException(
                    "generation %d of %s lacks %,d events that generation %d has heard and that are not on their way, and %,d are"
                                    .formatted(
                                            to.number(),
                                            to.processor(),
                                            missed.lost(),
                                            from.number(),
                                            allowed.lost())
                            + " allowed: they were published half a minute ago or more, or the archive"
                            + " kept them no longer when it was built. Look at 'farandole generations"
                            + " diff'; --max-lost switches all the same");
        }
        if (missed.events() > allowed.behind()) {
            throw new IllegalStateException(
                    "generation %d of %s has not heard %,d events that generation %d has, and %,d are"
                                    .formatted(
                                            to.number(),
                                            to.processor(),
                                            missed.events(),
                                            from.number(),
                                            allowed.behind())
                            + " allowed: wait until it has caught up");
        }
    }

    private static void requireAlike(
            Connection connection, Judged judged, Generation from, Generation to)
            throws SQLException {
        Comparison found =
                KeptComparison.find(connection, judged.comparison(), from, to)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "generation %d of %s was compared with another than generation %d, which is active now: try again"
                                                        .formatted(
                                                                to.number(),
                                                                to.processor(),
                                                                from.number())))
                        .found();
        // Whoever changes what they tell takes this lock alone, too.
        if (!found.lookedUp().equals(Currencies.ask(connection, to))) {
            throw new IllegalStateException(
                    "what %s looks up (%s) has changed since generation %d was compared: try again"
                            .formatted(
                                    to.processor(),
                                    String.join(", ", found.lookedUp().keySet()),
                                    to.number()));
        }
        if (found.unequal() > judged.mostDiffering()) {
            throw new IllegalStateException(
                    "generation %d of %s does not hold what generation %d does: %s differ, and %,d may. See 'farandole generations diff %s'. If they are wanted, say --max-differing %d"
                            .formatted(
                                    to.number(),
                                    to.processor(),
                                    from.number(),
                                    found.stores().stream()
                                            .filter(store -> store.unequal() > 0)
                                            .map(
                                                    store ->
                                                            "%,d keys of %s"
                                                                    .formatted(
                                                                            store.unequal(),
                                                                            store.store()))
                                            .collect(Collectors.joining(", ")),
                                    judged.mostDiffering(),
                                    to.processor(),
                                    found.unequal()));
        }
    }

    private static GenerationState wanted(
            List<GenerationState> states, String processor, int number) {
        GenerationState to =
                states.stream()
                        .filter(state -> state.generation().number() == number)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                states.isEmpty()
                                                        ? "there is no processor " + processor
                                                        : processor
                                                                + " has no generation "
                                                                + number
                                                                + ": see 'farandole generations"
                                                                + " list'"));
        String trouble =
                switch (to.phase()) {
                    case CREATED, BACKFILL, CATCHUP ->
                            "is in phase " + to.phase() + ": wait until it is in SHADOW";
                    case ACTIVE -> "is active already";
                    case SHADOW, RETIRED ->
                            to.fed() ? null : "was dropped, or is being dropped: build a new one";
                };
        if (trouble != null) {
            throw new IllegalStateException(
                    "generation " + number + " of " + processor + " " + trouble);
        }
        return to;
    }

    private static int note(
            Connection connection, Generation done, Generation doing, Generation of, boolean says)
            throws SQLException {
        // What one has applied and the other has not. Open dead letters were claimed, not applied.
        String sql =
                """
            insert into streams.owed (generation, event_id, says)
            with
              done as (select i.event_id from %1$s i
                  where i.event_id not in (%3$s)),
              doing as (select i.event_id from %2$s i
                  where i.event_id not in (%4$s))
            select ?, d.event_id, ? from done d
            where not exists (select from doing o where o.event_id = d.event_id)
            on conflict do nothing
            """
                        .formatted(
                                done.partitionOf("streams.inbox"),
                                doing.partitionOf("streams.inbox"),
                                UNAPPLIED.formatted(done.id()),
                                UNAPPLIED.formatted(doing.id()));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, of.id());
            statement.setBoolean(2, says);
            return statement.executeUpdate();
        }
    }

    private static void move(Connection connection, String sql, Generation generation)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, generation.id());
            statement.executeUpdate();
        }
    }
}
