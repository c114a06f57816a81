package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.DetachSubscriptionResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.faults.Faults;
import io.farandole.pubsub.faults.Injection;
import io.farandole.pubsub.journal.Journal;
import io.farandole.pubsub.journal.JournalException;
import io.farandole.pubsub.journal.JournalFiles;
import io.farandole.pubsub.journal.JournalFullException;
import io.farandole.pubsub.journal.JournalRecord;
import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import io.farandole.pubsub.journal.JournalRecord.Begun;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Published;
import io.farandole.pubsub.journal.JournalRecord.Removed;
import io.farandole.pubsub.journal.JournalRecord.Seeked;
import io.farandole.pubsub.journal.JournalRecord.Target;
import io.farandole.pubsub.journal.JournaledState;
import io.farandole.pubsub.journal.Payload;
import io.farandole.pubsub.push.PushClient;
import io.farandole.pubsub.schema.Schemas;
import io.farandole.pubsub.time.Times;
import io.grpc.Status;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the server. Every change but an acknowledgement goes through the journal first and
 * is applied by one thread in the journal's order, live as in the replay: so both give the same
 * state, and keys keep their order.
 */
final class Broker implements JournaledState, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final Times times;
    private final Resources resources;
    private final Seeks seeks = new Seeks(this);
    private final DeadLetters deadLetters = new DeadLetters(this);
    private final Turns turns = new Turns();
    private final AtomicLong nextMessageId;
    private final ExecutorService applier =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("pubsub-embedded-delivery").daemon().factory());
    private final Journal journal;
    private final Publishing publishing;
    private final Injection injection;
    private final PushClient pushes = new PushClient();

    Broker(Storage storage, Times times, Faults faults) {
        this.times = times;
        this.injection = new Injection(faults, new AskedForFaults(this));
        this.resources =
                new Resources(times, injection, new Pushes(pushes, this::journal), deadLetters);
        // ids do not begin anew when a journal is thrown away, or when there is none
        // (real time, for a test clock may stand where it stood)
        this.nextMessageId = new AtomicLong(System.currentTimeMillis() * 1000);
        boolean opened = false;
        try {
            JournalFiles files = storage.journal();
            this.journal =
                    awaited(
                            files == null
                                    ? Journal.none(this::inOrder)
                                    : Journal.in(files, this, this::inOrder));
            opened = true;
        } finally {
            if (!opened) {
                injection.close();
                pushes.close();
                applier.shutdown();
            }
        }
        this.publishing =
                new Publishing(
                        nextMessageId,
                        times.calendar(),
                        resources,
                        journal,
                        new PayloadHeap(storage.payloadHeap(), this::held, journal),
                        this::inOrder);
        injection.countFrom(nextMessageId.get());
        resources.replayed();
        new HouseKeeping(this, times).start();
    }

    private Journal awaited(Journal opened) {
        if (!times.waitsForTheServer()) {
            return opened;
        }
        AwaitedJournal awaited = new AwaitedJournal(opened);
        times.settledBy(
                atMost -> {
                    awaited.await(atMost);
                    subscriptions().forEach(LiveSubscription::ready);
                });
        return awaited;
    }

    private void inOrder(Runnable commit) {
        try {
            applier.execute(commit);
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "A call came while the server stopped; the end of its connection is its answer",
                    e);
        }
    }

    Optional<LiveTopic> topic(String name) {
        return resources.topic(name);
    }

    Collection<LiveTopic> topics() {
        return resources.topics();
    }

    Optional<LiveSubscription> subscription(String name) {
        return resources.subscription(name);
    }

    Collection<LiveSubscription> subscriptions() {
        return resources.subscriptions();
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    Snapshots snapshots() {
        return resources.snapshots();
    }

    Schemas schemas() {
        return resources.schemas();
    }

    InstantSource calendar() {
        return times.calendar();
    }

    Injection injection() {
        return injection;
    }

    Journal journal() {
        return journal;
    }

    /** Whoever changes what has a name takes a turn, and ends it with the answer. */
    Turns turns() {
        return turns;
    }

    void create(Topic topic, Reply<Topic> reply) {
        create(topic.getName(), "topic", this::topic, reply, inTurn -> change(topic, inTurn));
    }

    /** In its turn, as all that changes or deletes what is there already. */
    void change(Topic topic, Reply<Topic> reply) {
        change(
                new Defined(Kind.TOPIC, topic.getName(), topic.toByteArray()),
                reply,
                () -> topic,
                () -> {});
    }

    void create(Subscription subscription, Reply<Subscription> reply) {
        create(
                subscription.getName(),
                "subscription",
                this::subscription,
                reply,
                inTurn -> change(subscription, inTurn, Function.identity()));
    }

    /** The reply tells what {@code answer} makes of the subscription as it is then. */
    <T> void change(Subscription subscription, Reply<T> reply, Function<Subscription, T> answer) {
        change(
                new Defined(Kind.SUBSCRIPTION, subscription.getName(), subscription.toByteArray()),
                reply,
                () -> answer.apply(asDefined(subscription)),
                () -> {});
    }

    void detach(LiveSubscription subscription, Reply<DetachSubscriptionResponse> reply) {
        Subscription detached = subscription.definition().toBuilder().setDetached(true).build();
        change(detached, reply, _ -> DetachSubscriptionResponse.getDefaultInstance());
    }

    private Subscription asDefined(Subscription subscription) {
        return subscription(subscription.getName())
                .map(LiveSubscription::definition)
                .orElse(subscription);
    }

    void create(Snapshot snapshot, LiveSubscription source, Reply<Snapshot> reply) {
        create(
                snapshot.getName(),
                "snapshot",
                snapshots()::named,
                reply,
                inTurn ->
                        source.shutGate(
                                () -> define(snapshot, source.name(), inTurn, source::openGate)));
    }

    void change(Snapshot snapshot, Reply<Snapshot> reply) {
        define(snapshot, "", reply, () -> {});
    }

    private void define(
            Snapshot snapshot, String source, Reply<Snapshot> reply, Runnable afterwards) {
        byte[] definition = new SnapshotRecord(source, snapshot).encode();
        change(
                new Defined(Kind.SNAPSHOT, snapshot.getName(), definition),
                reply,
                () -> snapshot,
                afterwards);
    }

    private <T> void create(
            String name,
            String kind,
            Function<String, Optional<?>> among,
            Reply<T> reply,
            Consumer<Reply<T>> creation) {
        turns.take(
                name,
                reply,
                inTurn -> {
                    if (among.apply(name).isPresent()) {
                        inTurn.refused(exists(kind, name));
                    } else {
                        creation.accept(inTurn);
                    }
                });
    }

    void delete(Kind kind, String name, Reply<Empty> reply) {
        change(new Removed(kind, name), reply, Empty::getDefaultInstance, () -> {});
    }

    void seek(LiveSubscription subscription, Target target, Reply<SeekResponse> reply) {
        seeks.seek(subscription, target, times.calendar().millis(), reply);
    }

    <T> void change(JournalRecord change, Reply<T> reply, Supplier<T> answer, Runnable afterwards) {
        journal.append(
                change,
                new Journal.Commit() {
                    @Override
                    public void durable() {
                        boolean applied = false;
                        try {
                            apply(change);
                            applied = true;
                        } finally {
                            afterwards.run();
                            if (!applied) {
                                reply.refused(notApplied());
                            }
                        }
                        reply.done(answer.get());
                    }

                    @Override
                    public void failed(JournalException reason) {
                        afterwards.run();
                        reply.refused(unavailable(reason));
                    }
                });
    }

    /**
     * Takes a request that keeps the rules; the answer comes once it is on disk, and subscribers
     * have it.
     */
    void publish(PublishRequest request, Reply<PublishResponse> reply) {
        publishing.publish(request, reply);
    }

    @Override
    public List<? extends Payload> replay(JournalRecord change, long location) {
        if (change instanceof Published published) {
            nextMessageId.accumulateAndGet(
                    published.firstId() + published.messages().size(), Math::max);
            return resources.published(published, location);
        }
        apply(change);
        return List.of();
    }

    private void apply(JournalRecord change) {
        switch (change) {
            case Published published -> resources.published(published, Payload.NOWHERE);
            case Acknowledged(var subscription, var ids) ->
                    subscription(subscription).ifPresent(live -> live.forget(ids));
            case Seeked seeked -> {
                var _ = seeks.apply(seeked);
            }
            case Defined(var kind, var name, var definition) ->
                    resources.defined(kind, name, definition);
            case Removed(var kind, var name) -> resources.removed(kind, name);
            case Begun begun -> begun(begun);
        }
    }

    private void begun(Begun begun) {
        nextMessageId.accumulateAndGet(begun.nextMessageId(), Math::max);
        begun.published()
                .forEach((name, count) -> topic(name).ifPresent(topic -> topic.counted(count)));
    }

    @Override
    public List<JournalRecord> beginning() {
        List<JournalRecord> records = resources.definitions();
        Map<String, Long> published = new TreeMap<>();
        resources
                .topics()
                .forEach(topic -> published.put(topic.definition().getName(), topic.published()));
        records.add(new Begun(nextMessageId.get(), published));
        return records;
    }

    @Override
    public void held(Consumer<? super Payload> visitor) {
        resources.held(visitor::accept);
    }

    private static Status exists(String kind, String name) {
        return Status.ALREADY_EXISTS.withDescription(
                "The " + kind + " " + name + " exists already.");
    }

    /** It is on disk, and after a new start it will have happened. */
    static Status notApplied() {
        return Status.INTERNAL.withDescription(
                "The change was written and could not be applied; the server's log tells why.");
    }

    static Status unavailable(JournalException reason) {
        Status status =
                reason instanceof JournalFullException
                        ? Status.RESOURCE_EXHAUSTED
                        : Status.UNAVAILABLE;
        return status.withDescription(reason.getMessage()).withCause(reason);
    }

    @Override
    public void close() {
        injection.close();
        pushes.close();
        Status stopping = Status.UNAVAILABLE.withDescription("The server is stopping.");
        subscriptions().forEach(subscription -> subscription.close(stopping));
        journal.close();
        applier.shutdown();
        try {
            if (!applier.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn(
                        "Some publishes were written and not answered: their answers took too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
