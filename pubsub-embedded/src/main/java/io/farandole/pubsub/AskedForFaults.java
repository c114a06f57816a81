package io.farandole.pubsub;

import io.farandole.pubsub.faults.Faults;
import io.farandole.pubsub.faults.Occasion;
import io.grpc.Status;
import java.util.function.Predicate;

/** What faults do to the whole server at once. */
record AskedForFaults(Broker broker) implements Faults.Server {

    @Override
    public int killStreams(Predicate<Occasion> meant, Status status) {
        return broker.subscriptions().stream()
                .filter(live -> meant.test(at(live)))
                .mapToInt(live -> live.killStreams(status))
                .sum();
    }

    @Override
    public void thawed() {
        broker.subscriptions().forEach(LiveSubscription::ready);
    }

    private static Occasion at(LiveSubscription live) {
        return new Occasion(live.definition().getTopic(), live.name(), "");
    }
}
