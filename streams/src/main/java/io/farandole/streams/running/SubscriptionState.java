package io.farandole.streams.running;

import java.time.Instant;

/** What a supervised subscription is up to, and since when. */
public sealed interface SubscriptionState {

    Instant since();

    /** Short and stable: metrics and health show it. */
    String name();

    record Starting(Instant since) implements SubscriptionState {
        @Override
        public String name() {
            return "STARTING";
        }
    }

    record Running(Instant since) implements SubscriptionState {
        @Override
        public String name() {
            return "RUNNING";
        }
    }

    /**
     * Nothing is received until a restart succeeds; the supervisor tries again by itself.
     *
     * @param since when it first failed, restarts that failed too notwithstanding
     */
    record Failed(Instant since, String reason) implements SubscriptionState {
        @Override
        public String name() {
            return "FAILED";
        }
    }

    record Stopped(Instant since) implements SubscriptionState {
        @Override
        public String name() {
            return "STOPPED";
        }
    }
}
