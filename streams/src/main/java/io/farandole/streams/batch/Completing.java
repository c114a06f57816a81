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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes a generation that has read the archive to its end: key by key, in transactions of some,
 * all by one state of what the processor looks up. Whoever is killed, or finds that state changed,
 * begins again: what is made is the same, or newer.
 */
public final class Completing {

    private static final Logger log = LoggerFactory.getLogger(Completing.class);
    private static final int PORTION = 200;

    // As while the archive is read: this transaction alone writes the generation's rows.
    private static final String OWN =
            "select from streams.backfill where generation = ? order by topic for update";
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
                long made = makeAll(its, pinned, goesOn);
                if (goesOn.getAsBoolean()) {
                    note(pinned, now);
                }
                return made;
            } catch (Contended changed) {
                log.info("{} is completed anew: {}", prepared.generation(), changed.getMessage());
            } catch (SQLException e) {
                throw Trouble.infrastructure("completing " + prepared.generation().label(), e);
            }
        }
    }

    private long makeAll(Completion its, Pinned pinned, BooleanSupplier goesOn)
            throws SQLException {
        CompletionFolding folding = new CompletionFolding(prepared.processor(), its);
        long made = 0;
        String after = "";
        while (goesOn.getAsBoolean()) {
            List<String> keys = make(folding, its, after, pinned);
            if (keys.isEmpty()) {
                break;
            }
            made += keys.size();
            after = keys.getLast();
        }
        return made;
    }

    private List<String> make(
            CompletionFolding folding, Completion its, String after, Pinned pinned)
            throws SQLException {
        try (PhasedTransaction transaction = new PhasedTransaction(prepared)) {
            transaction.begin(transaction.beginning().run(OWN, prepared.generation().id()));
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
    private void note(Pinned pinned, Instant at) throws SQLException {
        SortedMap<String, String> lookedUp = new TreeMap<>();
        pinned.currencies()
                .forEach((name, currency) -> lookedUp.put(name, (at + " " + currency).strip()));
        try (PhasedTransaction transaction = new PhasedTransaction(prepared, pinned)) {
            transaction.begin(transaction.beginning());
            new RoundTrip()
                    .change(
                            1,
                            "what " + prepared.generation().label() + " has looked up",
                            NOTE,
                            Values.JSON.writeValueAsString(lookedUp),
                            prepared.generation().id())
                    .send(transaction.connection());
            transaction.commit();
        }
    }
}
