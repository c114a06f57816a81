package io.farandole.local.inspecting;

import io.farandole.local.console.Table;
import io.farandole.local.running.Bounds;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What grows with what is published: how much room it takes, and what bounds it. */
public record Room(List<Taken> all) {

    private static final long MEGABYTE = 1024 * 1024;

    /** So full that it will not take the next hours. */
    private static final double NEARLY = 0.95;

    /**
     * What one part takes.
     *
     * @param bytes null if it cannot be asked
     * @param limitBytes null for none: time bounds it
     * @param keptDays for how long what is done with is kept; null for ever
     * @param setting what changes that
     */
    public record Taken(
            String what,
            @Nullable Long bytes,
            @Nullable Long limitBytes,
            @Nullable Double keptDays,
            String setting) {

        /** Whether it is about to refuse more. */
        public boolean isNearlyFull() {
            return bytes != null && limitBytes != null && bytes >= NEARLY * limitBytes;
        }
    }

    /** What Postgres says of its part. */
    public record InTables(long outbox, long inboxes, long sourceInbox) {

        public static InTables of(Tables tables) {
            return new InTables(
                    tables.outboxBytes(), tables.inboxBytes(), tables.sourceInboxBytes());
        }
    }

    /**
     * @param tables null if Postgres cannot be asked
     * @param raw bytes of the archive; null if it cannot be asked
     */
    public static Room of(
            Bounds bounds, long journal, @Nullable InTables tables, @Nullable Long raw) {
        return new Room(
                List.of(
                        new Taken(
                                "journal",
                                journal,
                                bounds.journalBytes(),
                                (double) bounds.journalDays(),
                                "--journal-limit, --journal-days"),
                        new Taken(
                                "outbox",
                                tables == null ? null : tables.outbox(),
                                null,
                                bounds.outboxDays(),
                                "farandole.streams.relay.retention"),
                        new Taken(
                                "inboxes",
                                tables == null ? null : tables.inboxes(),
                                null,
                                bounds.inboxDays(),
                                "farandole.streams.horizon-days"),
                        new Taken(
                                "ingestion's inbox",
                                tables == null ? null : tables.sourceInbox(),
                                null,
                                bounds.sourceInboxDays() == 0
                                        ? null
                                        : (double) bounds.sourceInboxDays(),
                                "farandole.streams.source-horizon-days"),
                        new Taken(
                                "raw",
                                raw,
                                null,
                                bounds.rawDays() == 0 ? null : (double) bounds.rawDays(),
                                "farandole.warehouse.retention-days")));
    }

    /** Those that are about to refuse more. */
    public List<Taken> nearlyFull() {
        return all.stream().filter(Taken::isNearlyFull).toList();
    }

    public Table table() {
        Table table = new Table("room", "takes", "at most", "keeps", "set by");
        for (Taken taken : all) {
            table.row(
                    taken.what(),
                    taken.bytes() == null ? "not known" : megabytes(taken.bytes()),
                    taken.limitBytes() == null ? "" : megabytes(taken.limitBytes()),
                    taken.keptDays() == null
                            ? "for ever"
                            : String.format(Locale.ROOT, "%.3g days", taken.keptDays()),
                    taken.setting());
        }
        return table;
    }

    public static String megabytes(long bytes) {
        return bytes / MEGABYTE + " MB";
    }
}
