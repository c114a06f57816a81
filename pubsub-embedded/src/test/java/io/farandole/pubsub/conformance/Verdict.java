package io.farandole.pubsub.conformance;

/** What became of a case on a server. */
sealed interface Verdict {

    record Kept() implements Verdict {}

    record Broken(Throwable how) implements Verdict {}

    record NotRun(String why) implements Verdict {}

    /** As the table writes it. */
    default String mark() {
        return switch (this) {
            case Kept _ -> "✓";
            case Broken _ -> "✗";
            case NotRun _ -> "–";
        };
    }
}
