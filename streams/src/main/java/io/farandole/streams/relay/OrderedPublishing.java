package io.farandole.streams.relay;

import com.google.api.gax.batching.BatchingSettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.spring.pubsub.core.publisher.PublisherCustomizer;
import java.time.Duration;

/** Makes publishers keep the order of each key, and send what they have almost at once. */
public final class OrderedPublishing implements PublisherCustomizer {

    private static final long MOST_MESSAGES = 500;
    private static final long MOST_BYTES = 1_000_000;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(2);

    // No flow control of the client's own: what it takes for a message of a key that has failed it
    // never gives back. The relay has at most a few portions under way, bounded in rows and bytes.
    @Override
    public void apply(Publisher.Builder publisher, String topic) {
        publisher
                .setEnableMessageOrdering(true)
                .setBatchingSettings(
                        BatchingSettings.newBuilder()
                                .setElementCountThreshold(MOST_MESSAGES)
                                .setRequestByteThreshold(MOST_BYTES)
                                .setDelayThresholdDuration(LONGEST_WAIT)
                                .build());
    }
}
