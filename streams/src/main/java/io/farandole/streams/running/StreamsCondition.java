package io.farandole.streams.running;

import java.util.Map;

/**
 * How the streams of this process are.
 *
 * @param subscriptions each with its state
 * @param troubles what does not work now, with since when and why
 */
public record StreamsCondition(
        Map<String, SubscriptionState> subscriptions, Map<String, String> troubles) {

    public boolean isHealthy() {
        return troubles.isEmpty();
    }
}
