package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.journal.Journal;
import io.farandole.pubsub.journal.JournalException;
import io.farandole.pubsub.journal.JournalRecord;
import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Published;
import io.farandole.pubsub.journal.JournalRecord.Removed;
import io.farandole.pubsub.time.Times;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the server. Every change but an acknowledgement goes through the journal first and
 * is applied by one thread in the journal's order, live as in the replay: so both give the same
 * state, and keys keep their order.
 */
final class Broker implements AutoCloseable {

    static final String DELETED_TOPIC = "_deleted-topic_";
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final long HOUSEKEEPING_MILLIS = 60_000;

    private final Times times;
    private final ConcurrentHashMap<String, LiveTopic> topics = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, LiveSubscription> subscriptions =
            new ConcurrentHashMap<>();
    private final Set<String> beingCreated = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextMessageId;
    private final ExecutorService applier =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("pubsub-embedded-delivery").daemon().factory());
    private final Journal journal;
    private boolean replaying = true;

    Broker(@Nullable Path journalDirectory, Times times) {
        this.times = times;
        // ids do not begin anew when a journal is thrown away, or when there is none
        // (real time, for a test clock may stand where it stood)
        this.nextMessageId = new AtomicLong(System.currentTimeMillis() * 1000);
        boolean opened = false;
        try {
            this.journal =
                    awaited(
                            journalDirectory == null
                                    ? Journal.none(this::inOrder)
                                    : Journal.in(journalDirectory, this::apply, this::inOrder));
            opened = true;
        } finally {
            if (!opened) {
                applier.shutdown();
            }
        }
        replaying = false;
        subscriptions.values().forEach(LiveSubscription::replayed);
        times.after(HOUSEKEEPING_MILLIS, this::keepHouse);
    }

    private Journal awaited(Journal opened) {
        if (!times.waitsForTheServer()) {
            return opened;
        }
        AwaitedJournal awaited = new AwaitedJournal(opened);
        times.settledBy(
                atMost -> {
                    awaited.await(atMost);
                    subscriptions.values().forEach(LiveSubscription::settle);
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
        return Optional.ofNullable(topics.get(name));
    }

    Collection<LiveTopic> topics() {
        return topics.values();
    }

    Optional<LiveSubscription> subscription(String name) {
        return Optional.ofNullable(subscriptions.get(name));
    }

    Collection<LiveSubscription> subscriptions() {
        return subscriptions.values();
    }

    Journal journal() {
        return journal;
    }

    void create(Topic topic, Reply<Topic> reply) {
        String name = topic.getName();
        if (topics.containsKey(name) || !beingCreated.add(name)) {
            reply.refused(exists("topic", name));
            return;
        }
        change(
                new Defined(Kind.TOPIC, name, topic.toByteArray()),
                reply,
                topic,
                () -> beingCreated.remove(name));
    }

    void change(Topic topic, Reply<Topic> reply) {
        change(
                new Defined(Kind.TOPIC, topic.getName(), topic.toByteArray()),
                reply,
                topic,
                () -> {});
    }

    void deleteTopic(String name, Reply<Empty> reply) {
        change(new Removed(Kind.TOPIC, name), reply, Empty.getDefaultInstance(), () -> {});
    }

    void create(Subscription subscription, Reply<Subscription> reply) {
        String name = subscription.getName();
        if (subscriptions.containsKey(name) || !beingCreated.add(name)) {
            reply.refused(exists("subscription", name));
            return;
        }
        change(
                new Defined(Kind.SUBSCRIPTION, name, subscription.toByteArray()),
                reply,
                subscription,
                () -> beingCreated.remove(name));
    }

    void change(Subscription subscription, Reply<Subscription> reply) {
        change(
                new Defined(Kind.SUBSCRIPTION, subscription.getName(), subscription.toByteArray()),
                reply,
                subscription,
                () -> {});
    }

    void deleteSubscription(String name, Reply<Empty> reply) {
        change(new Removed(Kind.SUBSCRIPTION, name), reply, Empty.getDefaultInstance(), () -> {});
    }

    private <T> void change(JournalRecord change, Reply<T> reply, T value, Runnable afterwards) {
        journal.append(
                change,
                new Journal.Commit() {
                    @Override
                    public void durable() {
                        apply(change);
                        afterwards.run();
                        reply.done(value);
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
        int count = request.getMessagesCount();
        long firstId = nextMessageId.getAndAdd(count);
        Instant now = times.calendar().instant();
        List<byte[]> encoded = new ArrayList<>(count);
        PublishResponse.Builder response = PublishResponse.newBuilder();
        for (int i = 0; i < count; i++) {
            String id = Long.toString(firstId + i);
            encoded.add(MessageBytes.of(request.getMessages(i), id, now));
            response.addMessageIds(id);
        }
        Published published =
                new Published(
                        request.getTopic(),
                        firstId,
                        request.getMessages(0).getOrderingKey(),
                        now.toEpochMilli(),
                        encoded);
        PublishResponse answer = response.build();
        journal.append(
                published,
                new Journal.Commit() {
                    @Override
                    public void durable() {
                        apply(published);
                        reply.done(answer);
                    }

                    @Override
                    public void failed(JournalException reason) {
                        reply.refused(unavailable(reason));
                    }
                });
    }

    private void apply(JournalRecord change) {
        switch (change) {
            case Published published -> published(published);
            case Acknowledged(var subscription, var ids) ->
                    subscription(subscription).ifPresent(live -> live.forget(ids));
            case Defined(var kind, var name, var definition) -> defined(kind, name, definition);
            case Removed(var kind, var name) -> removed(kind, name);
        }
    }

    private void defined(Kind kind, String name, byte[] definition) {
        switch (kind) {
            case TOPIC -> defined(topicIn(definition));
            case SUBSCRIPTION -> defined(subscriptionIn(definition));
            case SCHEMA, SNAPSHOT -> throw unknown(kind, name);
        }
    }

    private void removed(Kind kind, String name) {
        switch (kind) {
            case TOPIC -> topicDeleted(name);
            case SUBSCRIPTION -> subscriptionDeleted(name);
            case SCHEMA, SNAPSHOT -> throw unknown(kind, name);
        }
    }

    private static IllegalStateException unknown(Kind kind, String name) {
        return new IllegalStateException(
                "the journal holds the " + kind + " " + name + ", of a kind that is not done yet");
    }

    private void published(Published published) {
        long id = published.firstId();
        List<StoredMessage> messages = new ArrayList<>(published.messages().size());
        for (byte[] bytes : published.messages()) {
            messages.add(
                    new StoredMessage(
                            id++, published.orderingKey(), published.publishedAtMillis(), bytes));
        }
        if (replaying) {
            nextMessageId.accumulateAndGet(id, Math::max);
        }
        topic(published.topic()).ifPresent(topic -> topic.published(messages));
    }

    private void defined(Topic topic) {
        LiveTopic live = topics.get(topic.getName());
        if (live == null) {
            topics.put(topic.getName(), new LiveTopic(topic));
        } else {
            live.redefine(topic);
        }
    }

    private void topicDeleted(String name) {
        LiveTopic gone = topics.remove(name);
        if (gone != null) {
            gone.subscriptions()
                    .forEach(
                            orphan ->
                                    orphan.redefine(
                                            orphan.definition().toBuilder()
                                                    .setTopic(DELETED_TOPIC)
                                                    .build()));
        }
    }

    private void defined(Subscription subscription) {
        LiveSubscription live = subscriptions.get(subscription.getName());
        if (live != null) {
            live.redefine(subscription);
            return;
        }
        LiveTopic topic = topics.get(subscription.getTopic());
        LiveSubscription created =
                new LiveSubscription(
                        topic == null
                                ? subscription.toBuilder().setTopic(DELETED_TOPIC).build()
                                : subscription,
                        times,
                        replaying);
        subscriptions.put(subscription.getName(), created);
        if (topic != null) {
            topic.attach(created);
        }
    }

    private void subscriptionDeleted(String name) {
        LiveSubscription gone = subscriptions.remove(name);
        if (gone != null) {
            topics.values().forEach(topic -> topic.detach(gone));
            gone.close(LiveSubscription.deleted());
        }
    }

    private void keepHouse() {
        try {
            for (LiveSubscription subscription : subscriptions.values()) {
                Subscription definition = subscription.definition();
                subscription.dropOlderThan(
                        Backoff.millis(definition.getMessageRetentionDuration()), journal);
                if (definition.getExpirationPolicy().hasTtl()
                        && subscription.idleMillis()
                                > Backoff.millis(definition.getExpirationPolicy().getTtl())) {
                    LOG.info(
                            "Subscription {} expires: nobody used it for its time to live",
                            subscription.name());
                    expire(subscription.name());
                }
            }
        } finally {
            times.after(HOUSEKEEPING_MILLIS, this::keepHouse);
        }
    }

    private void expire(String name) {
        Removed change = new Removed(Kind.SUBSCRIPTION, name);
        journal.append(
                change,
                new Journal.Commit() {
                    @Override
                    public void durable() {
                        apply(change);
                    }

                    @Override
                    public void failed(JournalException reason) {
                        LOG.warn("Subscription {} could not expire: {}", name, reason.getMessage());
                    }
                });
    }

    private static Topic topicIn(byte[] definition) {
        try {
            return Topic.parseFrom(definition);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the journal holds a topic that is none", e);
        }
    }

    private static Subscription subscriptionIn(byte[] definition) {
        try {
            return Subscription.parseFrom(definition);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the journal holds a subscription that is none", e);
        }
    }

    private static Status exists(String kind, String name) {
        return Status.ALREADY_EXISTS.withDescription(
                "The " + kind + " " + name + " exists already.");
    }

    private static Status unavailable(JournalException reason) {
        return Status.UNAVAILABLE.withDescription(reason.getMessage()).withCause(reason);
    }

    @Override
    public void close() {
        Status stopping = Status.UNAVAILABLE.withDescription("The server is stopping.");
        subscriptions.values().forEach(subscription -> subscription.close(stopping));
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
