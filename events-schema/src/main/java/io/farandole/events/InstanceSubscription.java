package io.farandole.events;

import java.time.Duration;

/**
 * A subscription that each running instance of a service has for itself, because each has to hear
 * everything. It makes it when it starts and deletes it when it ends, so its account may create and
 * delete subscriptions.
 *
 * @param expiration after how long without a reader the broker deletes it: that of an instance that
 *     was killed
 */
public record InstanceSubscription(Topic<?> topic, String reader, Duration expiration) {

    /** What the names of all instances' begin with. */
    public String prefix() {
        return topic.subscriptionOf(reader) + ".";
    }

    /**
     * The name of one instance's.
     *
     * @param instance a name that no other has
     */
    public String of(String instance) {
        return prefix() + instance;
    }
}
