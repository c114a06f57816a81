package io.farandole.streams.batch;

import io.farandole.streams.Store;
import java.sql.SQLException;
import java.util.List;

/** The table of a store and the partition of one generation in it. */
final class StoreTable {

    private final Generation generation;
    private final Store<?> store;

    StoreTable(Generation generation, Store<?> store) {
        this.generation = generation;
        this.store = store;
    }

    String parent() {
        return Ddl.quoted(generation.processor()) + "." + Ddl.quoted(store.name());
    }

    /** Where this generation's rows are; written to and read without going through the parent. */
    String partition() {
        return Ddl.quoted(generation.processor())
                + "."
                + Ddl.quoted(generation.partitionOf(store.name()));
    }

    void create(Ddl ddl) throws SQLException {
        if (!ddl.exists(parent())) {
            // The primary key is each partition's own, on the key alone: an index that begins with
            // what is equal in all rows misleads the planner while it has no statistics.
            // Keys are bytes to us: compared as such, so that a prefix is a range of the index.
            // A row without a value is one that a transaction made in order to lock it: it never
            // outlives that transaction.
            ddl.run(
                    "create table "
                            + parent()
                            + " (generation int not null, key text collate \"C\" not null, value jsonb,"
                            + " version bigint not null)"
                            + " partition by list (generation)");
        }
        if (!ddl.exists(partition())) {
            ddl.run(
                    List.of(
                            "create table "
                                    + partition()
                                    + " (like "
                                    + parent()
                                    + " including defaults, primary key (key)) with (fillfactor = 80,"
                                    + " autovacuum_vacuum_scale_factor = 0.05)",
                            "alter table "
                                    + parent()
                                    + " attach partition "
                                    + partition()
                                    + " for values in ("
                                    + generation.id()
                                    + ")"));
        }
    }
}
