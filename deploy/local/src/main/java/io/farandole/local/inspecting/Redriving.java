package io.farandole.local.inspecting;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.DeadLetterDesk;
import io.farandole.streams.deadletters.DeadLetterFilter;
import java.time.Duration;
import java.util.List;

/** Has dead letters tried again and sees what becomes of them. */
public final class Redriving {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DeadLetterDesk desk;
    private final List<Long> ids;

    /**
     * What became of them.
     *
     * @param meant how many were to be tried
     * @param applied how many are settled
     * @param left those that are put aside still, or again
     */
    public record Result(int meant, int applied, List<DeadLetter> left) {

        /** Before anything was done. */
        public static Result planned(List<DeadLetter> meant) {
            return new Result(meant.size(), 0, meant);
        }
    }

    public Redriving(DeadLetterDesk desk, List<DeadLetter> meant) {
        this.desk = desk;
        this.ids = meant.stream().map(DeadLetter::id).toList();
    }

    public int meant() {
        return ids.size();
    }

    /** From now on the processors try them. */
    public void mark() {
        desk.redrive(ids);
    }

    public String progress() {
        return desk.pending(ids) + " of " + ids.size() + " are still to be tried";
    }

    /**
     * Waits until each was tried, or what it stands behind failed.
     *
     * @throws Failure if for long none is
     */
    public void await() throws InterruptedException {
        long before = Long.MAX_VALUE;
        long lastMove = System.nanoTime();
        for (long pending = desk.pending(ids); pending > 0; pending = desk.pending(ids)) {
            if (pending < before) {
                before = pending;
                lastMove = System.nanoTime();
            } else if (System.nanoTime() - lastMove > PATIENCE.toNanos()) {
                throw new Failure(
                        ExitCode.FAILED,
                        pending
                                + " of "
                                + ids.size()
                                + " were not tried for "
                                + PATIENCE.toSeconds()
                                + " s; they stay marked. Does their processor run? See: farandole"
                                + " processors");
            }
            Thread.sleep(PAUSE);
        }
    }

    public Result result() {
        List<DeadLetter> left = desk.open(DeadLetterFilter.ofIds(ids), Integer.MAX_VALUE);
        return new Result(ids.size(), ids.size() - left.size(), left);
    }
}
