package io.farandole.benchmarks.kafka;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How Kafka Streams is set: {@code threads=1 commit=100 session=45000}; these are its defaults.
 *
 * @param threads stream threads
 * @param commitMillis between two commits, which are transactions
 * @param sessionMillis after which silence a member is taken for dead
 */
record KafkaSettings(int threads, int commitMillis, int sessionMillis) {

    private static final Pattern TEXT =
            Pattern.compile("threads=(\\d+) commit=(\\d+) session=(\\d+)");

    static KafkaSettings parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    text + " is not of the form threads=1 commit=100 session=45000");
        }
        return new KafkaSettings(number(matcher, 1), number(matcher, 2), number(matcher, 3));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    String text() {
        return "threads=" + threads + " commit=" + commitMillis + " session=" + sessionMillis;
    }
}
