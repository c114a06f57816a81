package io.farandole.benchmarks.streams;

import io.farandole.streams.running.StreamsSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How our processor is set: {@code workers=2 batch=250}.
 *
 * @param workers how many work on the source
 * @param batch the most that one transaction takes
 */
record CountingSettings(int workers, int batch) {

    private static final Pattern TEXT = Pattern.compile("workers=(\\d+) batch=(\\d+)");

    static CountingSettings usual() {
        StreamsSettings usual = StreamsSettings.defaults();
        return new CountingSettings(usual.workers(), usual.batch());
    }

    static CountingSettings parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " is not of the form workers=2 batch=250");
        }
        return new CountingSettings(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    String text() {
        return "workers=" + workers + " batch=" + batch;
    }

    /** As much as the processors' service lets a subscription hold. */
    long outstanding() {
        return 2L * workers * batch;
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
