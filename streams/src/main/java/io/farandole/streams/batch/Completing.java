package io.farandole.streams.batch;

import io.farandole.streams.Completion;
import io.farandole.streams.CompletionFolding;
import io.farandole.streams.Row;
import io.farandole.streams.Touched;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes a generation that has read the archive to its end: key by key, in transactions of some,
 * all by one state of what the processor looks up. Whoever is killed, or finds that state changed,
 * begins again. Nothing is written once the generation has gone on to its next phase: an instance
 * that was taken for dead, while another completed it, changes nothing any more.
 */
public final class Completing {

    private static final Logger log = LoggerFactory.getLogger(Completing.class);
    private static final int PORTION = 200;

    private static final String FILLED =
            "select from streams.generation where id = ? and phase = 'BACKFILL' for share";
    private static final String NOTE =
            "update streams.generation set looked_up = ?::jsonb where id = ?";

    private final PreparedProcessor prepared;
    private final @Nullable Completion completion;
    private final StateRows rows;

    Completing(PreparedProcessor prepared) {
        this.prepared = prepared;
        this.completion = prepared.processor().completion();
        this.rows = StateRows.owned(prepared.generation(), prepared.processor().stores());
    }

    /**
     * Makes all of it.
     *
     * @param goesOn asked between two transactions; what was made until then stays
     * @return of how many keys; 0 if nothing is made of any
     * @throws InfrastructureTrouble if the database fails
     * @throws IllegalStateException if it cannot be made for one of them
     */
    public long complete(BooleanSupplier goesOn) {
        Completion its = completion;
        if (its == null) {
            return 0;
        }
        while (true) {
            Instant now = prepared.clock().instant();
            Pinned pinned = prepared.references().pin(true);
            try {
                OptionalLong made = makeAll(its, pinned, goesOn);
                if (!goesOn.getAsBoolean() || (made.isPresent() && isNoted(pinned, now))) {
                    return made.orElse(0);
                }
                log.info(
                        "{} is completed anew: what it looks up has changed",
                        prepared.generation());
            } catch (SQLException e) {
                throw Trouble.infrastructure("completing " + prepared.generation().label(), e);
            }
        }
    }

    /** Empty if what is looked up has changed: then all of it is to be made anew. */
    private OptionalLong makeAll(Completion its, Pinned pinned, BooleanSupplier goesOn)
            throws SQLException {
        CompletionFolding folding = new CompletionFolding(prepared.processor(), its);
        String doing = "completing " + prepared.generation().label();
        long made = 0;
        String after = "";
        while (goesOn.getAsBoolean()) {
            String from = after;
            Optional<List<String>> keys =
                    Patience.whileContended(
                            doing, () -> unlessOutdated(() -> make(folding, its, from, pinned)));
            if (keys.isEmpty()) {
                return OptionalLong.empty();
            }
            if (keys.get().isEmpty()) {
                break;
            }
            made += keys.get().size();
            after = keys.get().getLast();
        }
        return OptionalLong.of(made);
    }

    private List<String> make(
            CompletionFolding folding, Completion its, String after, Pinned pinned)
            throws SQLException {
        try (PhasedTransaction transaction = new PhasedTransaction(prepared, pinned)) {
            begin(transaction);
            List<String> keys = keys(transaction.connection(), its, after);
            List<Touched> touched = folding.declare(keys);
            HeldRows held = rows.load(transaction.connection(), touched);
            Map<Row<?>, Optional<Object>> changes =
                    folding.make(keys, touched, held.values(), pinned.values());
            RoundTrip writing = new RoundTrip();
            rows.write(writing, held, changes);
            writing.send(transaction.connection());
            transaction.commit();
            return keys;
        }
    }

    private void begin(PhasedTransaction transaction) throws SQLException {
        int generation = prepared.generation().id();
        AtomicBoolean isFilled = new AtomicBoolean();
        transaction.begin(
                transaction
                        .beginning()
                        .read(_ -> isFilled.set(true), FILLED, generation)
                        .run(ArchivePlace.OWN, generation));
        if (!isFilled.get()) {
            throw new InfrastructureTrouble(
                    prepared.generation().label()
                            + " has gone on meanwhile: somebody else has completed it",
                    null);
        }
    }

    private List<String> keys(Connection connection, Completion its, String after)
            throws SQLException {
        String sql =
                "select key from "
                        + new StoreTable(prepared.generation(), its.of()).partition()
                        + " where key > ? and value is not null order by key limit "
                        + PORTION;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, after);
            try (ResultSet found = select.executeQuery()) {
                List<String> keys = new ArrayList<>();
                while (found.next()) {
                    keys.add(found.getString(1));
                }
                return keys;
            }
        }
    }

    /** Notes by which state of what is looked up, if that is still the present one. */
    private boolean isNoted(Pinned pinned, Instant at) throws SQLException {
        return Patience.whileContended(
                        "noting what " + prepared.generation().label() + " has looked up",
                        () -> unlessOutdated(() -> note(pinned, at)))
                .isPresent();
    }

    private boolean note(Pinned pinned, Instant at) throws SQLException {
        SortedMap<String, String> lookedUp = new TreeMap<>();
        pinned.currencies()
                .forEach((name, currency) -> lookedUp.put(name, (at + " " + currency).strip()));
        try (PhasedTransaction transaction = new PhasedTransaction(prepared, pinned)) {
            begin(transaction);
            new RoundTrip()
                    .change(
                            1,
                            "what " + prepared.generation().label() + " has looked up",
                            NOTE,
                            Values.JSON.writeValueAsString(lookedUp),
                            prepared.generation().id())
                    .send(transaction.connection());
            transaction.commit();
            return true;
        }
    }

    private static <T> Optional<T> unlessOutdated(Patience.Transaction<T> transaction)
            throws SQLException {
        try {
            return Optional.of(transaction.run());
        } catch (Outdated changed) {
            log.debug("To be made anew", changed);
            return Optional.empty();
        }
    }
}
