package io.farandole.streams.joins;

import io.farandole.streams.Context;
import io.farandole.streams.JoinWindows;
import io.farandole.streams.Row;
import io.farandole.streams.Store;
import io.farandole.streams.Touched;

/**
 * Which rows of a left stream found nothing yet: a mark under the same key for each, made and taken
 * away under the join's guard.
 */
final class LonelyRows {

    /** Stands by a row as long as it found nothing. */
    record Mark(boolean alone) {}

    private final Store<Mark> store;

    LonelyRows(String name, JoinWindows windows) {
        this.store = new Store<>(name, Mark.class, windows);
    }

    Store<?> store() {
        return store;
    }

    /** For whoever makes this row's mark, or ends it. */
    void declare(String row, Touched touched) {
        touched.update(store.at(row));
    }

    /** For whoever may take marks away, of all rows whose keys begin so. */
    void declareAll(String prefix, Touched touched) {
        touched.updateAll(store, prefix);
    }

    void mark(String row, Context context) {
        context.put(store.at(row), new Mark(true));
    }

    /** Takes the mark away, if there is one. */
    void meets(String row, String prefix, Context context) {
        Row<Mark> mark = store.at(row);
        if (context.rows(store, prefix).contains(mark)) {
            context.remove(mark);
        }
    }

    /** Whether it found nothing to the end, which this is. */
    boolean end(String row, Context context) {
        Row<Mark> mark = store.at(row);
        boolean alone = context.get(mark) != null;
        context.remove(mark);
        return alone;
    }
}
