package io.farandole.benchmarks.streams;

import io.farandole.streams.running.StreamsSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How our processor is set: {@code workers=2 batch=250 deadline=60}.
 *
 * @param workers how many work on the source
 * @param batch the most that one transaction takes
 * @param ackDeadlineSeconds the subscription's
 */
record CountingSettings(int workers, int batch, int ackDeadlineSeconds) {

    private static final Pattern TEXT =
            Pattern.compile("workers=(\\d+) batch=(\\d+) deadline=(\\d+)");

    static CountingSettings usual(int ackDeadlineSeconds) {
        StreamsSettings usual = StreamsSettings.defaults();
        return new CountingSettings(usual.workers(), usual.batch(), ackDeadlineSeconds);
    }

    static CountingSettings parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    text + " is not of the form workers=2 batch=250 deadline=60");
        }
        return new CountingSettings(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    CountingSettings with(int otherWorkers, int otherBatch) {
        return new CountingSettings(otherWorkers, otherBatch, ackDeadlineSeconds);
    }

    String text() {
        return "workers=" + workers + " batch=" + batch + " deadline=" + ackDeadlineSeconds;
    }

    /** As much as the processors' service lets a subscription hold. */
    long outstanding() {
        return settings().outstandingMessages();
    }

    StreamsSettings settings() {
        StreamsSettings usual = StreamsSettings.defaults();
        return new StreamsSettings(
                usual.processors(),
                workers,
                batch,
                usual.outstandingSize(),
                usual.horizonDays(),
                usual.longestRestartPause(),
                usual.drain(),
                usual.settledRetention(),
                usual.relay(),
                usual.work());
    }
}
