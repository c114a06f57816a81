package io.farandole.pubsub.faults;

import io.grpc.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Faults on demand, for tests of what stands above Pub/Sub: rules say what goes wrong where and how
 * often, and the same seed with the same publishes brings the same faults.
 *
 * <pre>{@code
 * Faults faults = server.faults().seed(42);
 * faults.everywhere().duplicate().chance(0.1);
 * faults.onTopic("projects/p/topics/t").failPublishes(Status.Code.UNAVAILABLE).times(3);
 * faults.onSubscription("projects/p/subscriptions/s").key("ann").delay(Duration.ofSeconds(3)).always();
 * try (var _ = faults.onSubscription("projects/p/subscriptions/s").freeze()) { … }
 * faults.clear();
 * }</pre>
 *
 * <p>Delays pass by the server's time. A server without faults pays nothing for them.
 */
public final class Faults {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Frozen> frozen = new CopyOnWriteArrayList<>();
    private final List<Server> servers = new CopyOnWriteArrayList<>();
    private final Map<Fault, LongAdder> injected = new EnumMap<>(Fault.class);
    private long seed;
    private long armed;

    public Faults() {
        for (Fault fault : Fault.values()) {
            injected.put(fault, new LongAdder());
        }
    }

    /** What a server lets be done to it. */
    public interface Server {

        /** Ends the open streams of the subscriptions that are meant, and says how many. */
        int killStreams(Predicate<Occasion> meant, Status status);

        /** Something may get on again. */
        void thawed();
    }

    /** What the faults of later rules are drawn from; it is 0 at first. */
    public synchronized Faults seed(long number) {
        seed = number;
        armed = 0;
        return this;
    }

    public Place everywhere() {
        return new Place(this, null, null, null);
    }

    /**
     * For publishes on a topic, and for deliveries of its messages by any subscription.
     *
     * @param name as in projects/p/topics/t
     */
    public Place onTopic(String name) {
        return new Place(this, name, null, null);
    }

    /**
     * For deliveries of a subscription.
     *
     * @param name as in projects/p/subscriptions/s
     */
    public Place onSubscription(String name) {
        return new Place(this, null, name, null);
    }

    /** Ends all rules and thaws everything; what was injected stays counted. */
    public void clear() {
        rules.clear();
        frozen.forEach(Frozen::close);
        synchronized (this) {
            armed = 0;
        }
    }

    /** How often something of that kind was injected. */
    public long injected(Fault fault) {
        return counter(fault).sum();
    }

    /** How often each was injected. */
    public Map<Fault, Long> injected() {
        Map<Fault, Long> counts = new EnumMap<>(Fault.class);
        injected.forEach((fault, counter) -> counts.put(fault, counter.sum()));
        return counts;
    }

    private LongAdder counter(Fault fault) {
        return Objects.requireNonNull(injected.get(fault));
    }

    synchronized Rule arm(
            Place place, Fault fault, Effect effect, double probability, long atMost) {
        long mark = Rule.mix(Rule.mix(seed) + armed++);
        Rule rule = new Rule(this, place, fault, effect, probability, atMost, mark);
        rules.add(rule);
        return rule;
    }

    void end(Rule rule) {
        rules.remove(rule);
    }

    void count(Fault fault) {
        counter(fault).increment();
    }

    Frozen freeze(Place place) {
        Frozen freeze = new Frozen(this, place);
        frozen.add(freeze);
        count(Fault.FREEZE);
        return freeze;
    }

    void thawed(Frozen gone) {
        frozen.remove(gone);
        servers.forEach(Server::thawed);
    }

    int killOpenStreams(Place place, Status.Code code) {
        Status status = Injection.status(Effect.failure(code));
        int killed = 0;
        for (Server server : servers) {
            killed += server.killStreams(place::covers, status);
        }
        counter(Fault.KILL_STREAM).add(killed);
        return killed;
    }

    List<Rule> rules() {
        return rules;
    }

    List<Frozen> frozen() {
        return frozen;
    }

    void attach(Server server) {
        servers.add(server);
    }

    void detach(Server server) {
        servers.remove(server);
    }
}
