package io.farandole.local.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A line that tells how far something is: rewritten on a terminal, repeated elsewhere. */
public final class Progress implements AutoCloseable {

    /** The text of the moment. */
    @FunctionalInterface
    public interface Line {
        String after(Duration elapsed);
    }

    private static final Duration ON_TERMINAL = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);
    private static final String REWRITE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final Line line;
    private final long start = System.nanoTime();
    private final Thread ticker;

    Progress(PrintWriter out, boolean terminal, Line line) {
        this.out = out;
        this.terminal = terminal;
        this.line = line;
        this.ticker = Thread.ofVirtual().name("progress").start(this::tick);
    }

    /** Since the first line. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        ticker.interrupt();
        try {
            ticker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        print();
        if (terminal) {
            out.println();
            out.flush();
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(terminal ? ON_TERMINAL : ELSEWHERE);
                print();
            }
        } catch (InterruptedException _) {
            // Closed: the last line is said there.
        }
    }

    private void print() {
        String text = "  %8s  %s".formatted(seconds(elapsed()), text());
        synchronized (out) {
            if (terminal) {
                out.print(REWRITE + text);
            } else {
                out.println(text);
            }
            out.flush();
        }
    }

    /** What is told may be out of reach for a moment; that is no reason to end. */
    private String text() {
        try {
            return line.after(elapsed());
        } catch (RuntimeException e) {
            return "not to be seen at the moment: " + e.getMessage();
        }
    }

    /** Such as {@code 12.3 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
