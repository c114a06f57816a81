package io.farandole.streams.running;

import io.farandole.events.Identity;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Keeps the identities of views in memory, and fails now and then, before or after keeping. */
final class ShakyLanding implements Landing {

    private final Random random;
    private final double failing;
    private final Set<UUID> kept = new HashSet<>();
    private final Map<Instant, Account> accounts = new HashMap<>();
    private boolean away;
    private int landings;

    /**
     * @param failing the share of landings that fail
     */
    ShakyLanding(long seed, double failing) {
        this.random = new Random(seed);
        this.failing = failing;
    }

    @Override
    public String name() {
        return "keeper";
    }

    @Override
    public List<Topic<?>> topics() {
        return List.of(TopicCatalogue.ACTIVITY, TopicCatalogue.RECOMMENDATIONS);
    }

    @Override
    public void open() {}

    @Override
    public synchronized Landed land(List<Consignment> consignments, Instant now)
            throws IOException {
        if (away) {
            throw new IOException("it is away");
        }
        landings++;
        double fate = random.nextDouble();
        if (fate < failing / 2) {
            throw new IOException("before it was kept");
        }
        List<Integer> fresh = new ArrayList<>();
        for (Consignment consignment : consignments) {
            int before = kept.size();
            consignment.deliveries().forEach(one -> keep(consignment.topic(), one));
            fresh.add(kept.size() - before);
        }
        if (fate < failing) {
            throw new IllegalStateException("when it was kept already");
        }
        return new Landed(fresh, accounts());
    }

    @Override
    public synchronized List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    @Override
    public void keepHouse(Instant now) {}

    @Override
    public void close() {}

    synchronized int kept() {
        return kept.size();
    }

    synchronized int landings() {
        return landings;
    }

    synchronized void away(boolean now) {
        away = now;
    }

    private void keep(Topic<?> topic, Delivery delivery) {
        boolean fresh = kept.add(Identity.of(topic.name(), delivery.attributes(), delivery.data()));
        Instant hour = delivery.publishTime().truncatedTo(ChronoUnit.HOURS);
        accounts.merge(
                hour,
                new Account(topic.name(), hour, 1, fresh ? 1 : 0, fresh ? 0 : 1),
                (sum, one) ->
                        new Account(
                                sum.topic(),
                                hour,
                                sum.delivered() + 1,
                                sum.applied() + one.applied(),
                                sum.duplicate() + one.duplicate()));
    }
}
