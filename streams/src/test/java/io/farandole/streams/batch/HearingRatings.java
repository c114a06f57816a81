package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Delivery;
import io.farandole.streams.Source;
import io.farandole.streams.batch.LosingCommits.Loss;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/** An instance of a counting processor that may lose its commits. */
final class HearingRatings {

    private static final int RETRYING = 7;

    private final LosingCommits losing;
    private final BatchTransaction<ActivityEvent> batches;
    private final RetryingWaiting retrying;

    HearingRatings(DataSource database, Source<ActivityEvent> source, Clock clock) {
        losing = new LosingCommits(database);
        PreparedProcessor prepared =
                new PreparingProcessors(losing.dataSource(), clock)
                        .prepare(Counting.describe(source).build());
        batches = prepared.batches(source);
        retrying = prepared.retryingWaiting();
    }

    void hear(List<Delivery> deliveries, int worker) {
        assertThat(batches.apply(deliveries, worker).delivered()).isEqualTo(deliveries.size());
    }

    /** The connection is lost with the commit. */
    void lose(List<Delivery> deliveries, int worker, boolean afterCommit) {
        losing.lose(afterCommit ? Loss.AFTER : Loss.BEFORE);
        assertThatThrownBy(() -> batches.apply(deliveries, worker))
                .isInstanceOf(InfrastructureTrouble.class);
    }

    /**
     * Tries what waits and is due.
     *
     * @return how many were applied
     */
    int retry(int most, boolean losesIt) {
        losing.lose(losesIt ? Loss.AFTER : Loss.NONE);
        try {
            return retrying.retryDue(most, RETRYING).applied();
        } catch (InfrastructureTrouble lost) {
            assertThat(losesIt).as("it was to be lost").isTrue();
            return 0;
        } finally {
            losing.lose(Loss.NONE);
        }
    }
}
