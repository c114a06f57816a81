package io.farandole.streams.running;

import io.farandole.streams.batch.HangingFolds;
import io.farandole.streams.batch.InboxHorizon;
import io.farandole.streams.relay.RelaySettings;
import io.farandole.streams.working.WorkSettings;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How processors are run: {@code farandole.streams.*}.
 *
 * @param processors the names of those that run here; empty for all
 * @param workers how many work on each source
 * @param batch the most that one transaction takes
 * @param outstandingSize the most bytes that a subscription holds; of messages see {@link
 *     #outstandingMessages}
 * @param horizonDays for how many days the ids of internal events are remembered
 * @param sourceHorizonDays for how many days after their publication the ids of source events are
 *     remembered; 0 for ever. Whoever publishes one again after that is counted again
 * @param longestRestartPause between two attempts to receive a subscription again
 * @param drain how long a batch under way may take at the end
 * @param foldDeadline how long code may take with one message; then it is given up and put aside
 * @param settledRetention how long waiting messages that were applied, and works that are done, are
 *     kept for looking things up
 * @param relay how the outbox is published
 * @param work how long work is performed
 */
@ConfigurationProperties("farandole.streams")
public record StreamsSettings(
        @DefaultValue List<String> processors,
        @DefaultValue("2") int workers,
        @DefaultValue("250") int batch,
        @DefaultValue("32MB") DataSize outstandingSize,
        @DefaultValue("33") int horizonDays,
        @DefaultValue("0") int sourceHorizonDays,
        @DefaultValue("10s") Duration longestRestartPause,
        @DefaultValue("10s") Duration drain,
        @DefaultValue("30s") Duration foldDeadline,
        @DefaultValue("30d") Duration settledRetention,
        @DefaultValue RelaySettings relay,
        @DefaultValue WorkSettings work) {

    private static final int MOST_WORKERS = 1_000;
    private static final int LARGEST_BATCH = 1_000;
    private static final int SHORTEST_SOURCE_HORIZON = 33;
    private static final Duration SHORTEST_FOLD = Duration.ofMillis(100);

    /**
     * Another process that writes the outbox does not wake our relay: it has to look more often.
     */
    private static final Duration SHARED_POLL = Duration.ofMillis(50);

    @ConstructorBinding
    public StreamsSettings {
        processors = List.copyOf(processors);
        require(workers >= 1 && workers <= MOST_WORKERS, "workers", workers, "is not 1 to 1000");
        require(batch >= 1 && batch <= LARGEST_BATCH, "batch", batch, "is not 1 to 1000");
        require(
                outstandingSize.toBytes() >= DataSize.ofMegabytes(1).toBytes(),
                "outstanding-size",
                outstandingSize,
                "is less than 1MB");
        require(horizonDays >= 1, "horizon-days", horizonDays, "is not at least 1");
        require(
                sourceHorizonDays == 0 || sourceHorizonDays >= SHORTEST_SOURCE_HORIZON,
                "source-horizon-days",
                sourceHorizonDays,
                "is neither 0, for ever, nor at least 33: the broker brings again what is 31 days"
                        + " old");
        require(
                longestRestartPause.compareTo(Duration.ofSeconds(1)) >= 0,
                "longest-restart-pause",
                longestRestartPause,
                "is less than a second");
        require(!drain.isNegative(), "drain", drain, "is negative");
        require(
                foldDeadline.compareTo(SHORTEST_FOLD) >= 0,
                "fold-deadline",
                foldDeadline,
                "is less than 100ms");
        require(
                !settledRetention.isNegative(),
                "settled-retention",
                settledRetention,
                "is negative");
        if (!processors.isEmpty() && relay.poll().compareTo(SHARED_POLL) > 0) {
            relay = relay.polling(SHARED_POLL);
        }
    }

    /** With the default deadline of folds; ids of source events are remembered for ever. */
    public StreamsSettings(
            List<String> processors,
            int workers,
            int batch,
            DataSize outstandingSize,
            int horizonDays,
            Duration longestRestartPause,
            Duration drain,
            Duration settledRetention,
            RelaySettings relay,
            WorkSettings work) {
        this(
                processors,
                workers,
                batch,
                outstandingSize,
                horizonDays,
                0,
                longestRestartPause,
                drain,
                HangingFolds.DEADLINE,
                settledRetention,
                relay,
                work);
    }

    /** The defaults. */
    public static StreamsSettings defaults() {
        return new StreamsSettings(
                List.of(),
                2,
                250,
                DataSize.ofMegabytes(32),
                InboxHorizon.DEFAULT.daysBack(),
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                HangingFolds.DEADLINE,
                Duration.ofDays(30),
                RelaySettings.DEFAULT,
                WorkSettings.DEFAULT);
    }

    /**
     * The most messages that a subscription holds: eight times what its workers take at once. Only
     * what is acknowledged makes room for more, and Google's client tells acknowledgements every
     * 100 ms ({@code MessageDispatcher.PENDING_ACKS_SEND_DELAY}): a subscription that holds a
     * thousand delivers no more than ten thousand a second.
     */
    public long outstandingMessages() {
        return 8L * workers * batch;
    }

    /** For what only keeps messages: one worker a topic, which takes all that may be held. */
    StreamsSettings forLanding() {
        return new StreamsSettings(
                processors,
                1,
                (int) Math.min(outstandingMessages(), LARGEST_BATCH),
                outstandingSize,
                horizonDays,
                sourceHorizonDays,
                longestRestartPause,
                drain,
                foldDeadline,
                settledRetention,
                relay,
                work);
    }

    /** The same, which gives up what takes longer with one message. */
    StreamsSettings withFoldDeadline(Duration deadline) {
        return new StreamsSettings(
                processors,
                workers,
                batch,
                outstandingSize,
                horizonDays,
                sourceHorizonDays,
                longestRestartPause,
                drain,
                deadline,
                settledRetention,
                relay,
                work);
    }

    /** The same, which forgets the ids of source events. */
    StreamsSettings withSourceHorizon(int days) {
        return new StreamsSettings(
                processors,
                workers,
                batch,
                outstandingSize,
                horizonDays,
                days,
                longestRestartPause,
                drain,
                foldDeadline,
                settledRetention,
                relay,
                work);
    }

    InboxHorizon horizon() {
        return new InboxHorizon(horizonDays, InboxHorizon.DEFAULT.daysAhead());
    }

    private static void require(boolean holds, String name, Object value, String trouble) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "farandole.streams." + name + " = " + value + " " + trouble);
        }
    }
}
