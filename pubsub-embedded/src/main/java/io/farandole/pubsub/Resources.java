package io.farandole.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.faults.Injection;
import io.farandole.pubsub.journal.JournalRecord;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Published;
import io.farandole.pubsub.schema.SchemaHistory;
import io.farandole.pubsub.schema.Schemas;
import io.farandole.pubsub.schema.TopicSchema;
import io.farandole.pubsub.time.Times;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The topics, subscriptions, snapshots and schemas that there are; changed only in the order of the
 * journal, by one thread.
 */
final class Resources {

    static final String DELETED_TOPIC = "_deleted-topic_";

    private final Times times;
    private final Injection injection;
    private final Pushes pushes;
    private final DeadLetters deadLetters;
    private final ConcurrentHashMap<String, LiveTopic> topics = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, LiveSubscription> subscriptions =
            new ConcurrentHashMap<>();
    private final Snapshots snapshots = new Snapshots();
    private final Schemas schemas = new Schemas();
    private boolean replaying = true;

    Resources(Times times, Injection injection, Pushes pushes, DeadLetters deadLetters) {
        this.times = times;
        this.pushes = pushes;
        this.injection = injection;
        this.deadLetters = deadLetters;
    }

    boolean replaying() {
        return replaying;
    }

    void replayed() {
        replaying = false;
        subscriptions.values().forEach(LiveSubscription::replayed);
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

    Snapshots snapshots() {
        return snapshots;
    }

    Schemas schemas() {
        return schemas;
    }

    void defined(Kind kind, String name, byte[] definition) {
        switch (kind) {
            case TOPIC -> defined(topicIn(definition));
            case SUBSCRIPTION -> defined(subscriptionIn(definition));
            case SNAPSHOT -> defined(SnapshotRecord.decode(definition));
            case SCHEMA -> schemas.define(name, definition);
        }
    }

    void removed(Kind kind, String name) {
        switch (kind) {
            case TOPIC -> topicDeleted(name);
            case SUBSCRIPTION -> subscriptionDeleted(name);
            case SNAPSHOT -> snapshots.removed(name, topics.values());
            case SCHEMA -> schemaDeleted(name);
        }
    }

    private void defined(Topic topic) {
        Topic known = TopicSchema.known(topic, schemas);
        LiveTopic live = topics.get(topic.getName());
        if (live == null) {
            topics.put(topic.getName(), new LiveTopic(known));
        } else {
            live.redefine(known);
        }
    }

    private void schemaDeleted(String name) {
        schemas.remove(name);
        topics.values()
                .forEach(live -> live.redefine(TopicSchema.known(live.definition(), schemas)));
    }

    private void topicDeleted(String name) {
        LiveTopic gone = topics.remove(name);
        if (gone != null) {
            subscriptions.values().stream()
                    .filter(subscription -> subscription.definition().getTopic().equals(name))
                    .forEach(LiveSubscription::orphan);
            gone.snapshots().forEach(LiveSnapshot::orphan);
        }
    }

    private void defined(Subscription subscription) {
        LiveSubscription live = subscriptions.get(subscription.getName());
        LiveTopic topic = topics.get(subscription.getTopic());
        if (live != null) {
            live.redefine(subscription);
        } else {
            live =
                    new LiveSubscription(
                            topic == null
                                    ? subscription.toBuilder().setTopic(DELETED_TOPIC).build()
                                    : subscription,
                            times,
                            injection,
                            pushes,
                            deadLetters,
                            replaying);
            subscriptions.put(subscription.getName(), live);
            if (topic != null) {
                topic.attach(live);
            }
        }
        if (live.definition().getDetached()) {
            detach(live);
        }
    }

    private void detach(LiveSubscription subscription) {
        topics.values().forEach(topic -> topic.detach(subscription));
    }

    private void defined(SnapshotRecord snapshot) {
        snapshots.defined(
                snapshot.snapshot(),
                subscription(snapshot.subscription()),
                topics.get(snapshot.snapshot().getTopic()));
    }

    private void subscriptionDeleted(String name) {
        LiveSubscription gone = subscriptions.remove(name);
        if (gone != null) {
            detach(gone);
            gone.close(LiveSubscription.deleted());
        }
    }

    /** Gives the messages to whoever is to hold them; they stand where the record stands. */
    List<StoredMessage> published(Published published, long location) {
        long[] locations = published.locations(location);
        List<StoredMessage> messages = new ArrayList<>(locations.length);
        for (int i = 0; i < locations.length; i++) {
            messages.add(
                    new StoredMessage(
                            published.firstId() + i,
                            published.orderingKey(),
                            published.publishedAtMillis(),
                            published.messages().get(i),
                            locations[i]));
        }
        topic(published.topic()).ifPresent(topic -> topic.published(messages));
        return messages;
    }

    /** Records that define again all there is, those first that others refer to. */
    List<JournalRecord> definitions() {
        List<JournalRecord> records = new ArrayList<>();
        for (SchemaHistory schema : schemas.all()) {
            records.add(new Defined(Kind.SCHEMA, schema.name(), schema.toBytes()));
        }
        topics.forEach(
                (name, live) ->
                        records.add(
                                new Defined(Kind.TOPIC, name, live.definition().toByteArray())));
        subscriptions.forEach(
                (name, live) ->
                        records.add(
                                new Defined(
                                        Kind.SUBSCRIPTION, name, live.definition().toByteArray())));
        for (LiveSnapshot live : snapshots.all()) {
            // one that begins with these holds nothing of before, so it takes up nobody's messages
            SnapshotRecord record = new SnapshotRecord("", live.definition());
            records.add(new Defined(Kind.SNAPSHOT, record.snapshot().getName(), record.encode()));
        }
        return records;
    }

    /** Gives every message that something still holds to the consumer, some several times. */
    void held(Consumer<StoredMessage> consumer) {
        topics.values().forEach(topic -> topic.held(consumer));
        subscriptions.values().forEach(subscription -> subscription.held(consumer));
        snapshots.all().forEach(snapshot -> snapshot.held(consumer));
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
}
