package io.farandole.streams.relay;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.spring.pubsub.core.publisher.PublisherCustomizer;
import java.time.Duration;

/** Makes publishers keep the order of each key, and send what they have almost at once. */
public final class OrderedPublishing implements PublisherCustomizer {

    private static final long MOST_MESSAGES = 500;
    private static final long MOST_BYTES = 1_000_000;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(2);

    // The client's own pauses quadruple to a minute: a broker that was away for ten seconds would
    // be tried again half a minute after it is back, with every key waiting.
    private static final RetrySettings RETRIES =
            RetrySettings.newBuilder()
                    .setInitialRetryDelayDuration(Duration.ofMillis(100))
                    .setRetryDelayMultiplier(2)
                    .setMaxRetryDelayDuration(Duration.ofSeconds(2))
                    .setInitialRpcTimeoutDuration(Duration.ofSeconds(15))
                    .setRpcTimeoutMultiplier(1)
                    .setMaxRpcTimeoutDuration(Duration.ofSeconds(15))
                    .setTotalTimeoutDuration(Duration.ofMinutes(10))
                    .build();

    // No flow control of the client's own: what it takes for a message of a key that has failed it
    // never gives back. The relay has at most a few portions under way, bounded in rows and bytes.
    @Override
    public void apply(Publisher.Builder publisher, String topic) {
        publisher
                .setEnableMessageOrdering(true)
                .setRetrySettings(RETRIES)
                .setBatchingSettings(
                        BatchingSettings.newBuilder()
                                .setElementCountThreshold(MOST_MESSAGES)
                                .setRequestByteThreshold(MOST_BYTES)
                                .setDelayThresholdDuration(LONGEST_WAIT)
                                .build());
    }
}
