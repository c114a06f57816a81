package io.farandole.streams.running;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import io.farandole.streams.ArchivedEvents;
import org.jspecify.annotations.Nullable;

/**
 * What replays need beside what processors need.
 *
 * @param archive null if this process has none: then nothing is rebuilt here
 * @param subscriptions null if this process may not make any
 */
public record ReplayMeans(
        @Nullable ArchivedEvents archive, @Nullable SubscriptionAdminClient subscriptions) {

    public static final ReplayMeans NONE = new ReplayMeans(null, null);
}
