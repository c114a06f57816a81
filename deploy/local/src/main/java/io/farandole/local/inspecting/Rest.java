package io.farandole.local.inspecting;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.running.DataDirectory;
import java.time.Duration;

/** Waits until nothing is in flight any more, which the books alone can tell. */
public final class Rest {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int QUIET_LOOKS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DataDirectory directory;
    private final Tables tables;

    public Rest(DataDirectory directory, Tables tables) {
        this.directory = directory;
        this.tables = tables;
    }

    /**
     * The books when every published event is accounted for and none waits.
     *
     * @throws Failure if nothing moves for long although it is not so
     */
    public Books await() throws InterruptedException {
        long lastMove = System.nanoTime();
        long before = -1;
        int quiet = 0;
        while (true) {
            Thread.sleep(PAUSE);
            // Cheap looks first: the books read the whole journal.
            long now = tables.deliveries();
            boolean still = now == before && tables.outbox() == 0;
            quiet = still ? quiet + 1 : 0;
            if (now != before) {
                lastMove = System.nanoTime();
                before = now;
            }
            boolean stuck = System.nanoTime() - lastMove > PATIENCE.toNanos();
            if (quiet >= QUIET_LOOKS || stuck) {
                quiet = 0;
                Books books = Books.of(directory, tables);
                if (books.atRest()) {
                    return books;
                }
                if (stuck) {
                    throw new Failure(
                            ExitCode.FAILED,
                            "Nothing has moved for "
                                    + PATIENCE.toSeconds()
                                    + " s, but not every event is accounted for. See: farandole"
                                    + " status, farandole ledger, and "
                                    + directory.logFile());
                }
            }
        }
    }
}
