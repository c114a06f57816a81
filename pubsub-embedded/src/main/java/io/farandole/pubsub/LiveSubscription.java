package io.farandole.pubsub;

import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.faults.Injection;
import io.farandole.pubsub.journal.Journal;
import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import io.farandole.pubsub.time.Times;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A subscription at work: its queue behind one lock, the streams and pulls that it serves, its
 * timer.
 */
final class LiveSubscription {

    /** A client waits for fifteen seconds. */
    private static final long PONG_MILLIS = 1_000;

    private final String name;
    private final Times times;
    private final Selection selection;
    private final SubscriptionQueue queue;
    private final DeliveryFaults faults;
    private final PushDelivery push;
    private final Receivers receivers;
    private final AcknowledgementGate gate = new AcknowledgementGate();
    private final DeadLetters deadLetters;
    private final ExactlyOnce exactlyOnce;
    private Subscription definition;
    private long armedFor = Deadlines.NONE;
    private long lastUse;
    private boolean replaying;
    private @Nullable Status closed;

    /** While the journal is replayed nothing is handed out or written. */
    LiveSubscription(
            Subscription definition,
            Times times,
            Injection injection,
            Pushes pushes,
            DeadLetters deadLetters,
            boolean replaying) {
        this.name = definition.getName();
        this.definition = definition;
        this.times = times;
        this.replaying = replaying;
        this.lastUse = times.millis();
        this.selection = Selection.of(definition.getFilter());
        // above every lease of earlier runs, unless one handed out a million messages a second all
        // its life (real time, for a test clock may stand where it stood)
        this.queue =
                new SubscriptionQueue(
                        definition.getEnableMessageOrdering(), System.currentTimeMillis() * 1024);
        this.faults = new DeliveryFaults(injection, queue, definition);
        this.push = new PushDelivery(pushes, times, queue, faults, this);
        this.receivers = new Receivers(queue, times, faults, this::kill);
        this.exactlyOnce = new ExactlyOnce(queue);
        this.deadLetters = deadLetters;
        define(definition);
    }

    synchronized void redefine(Subscription changed) {
        define(Redefinition.by(changed, definition));
        lastUse = times.millis();
        dispatch();
    }

    /** The topic was deleted: what was published stays. */
    synchronized void orphan() {
        define(Redefinition.orphaned(definition));
    }

    /** Clients see here, too, for how long the topic retains messages. */
    synchronized void topicRetention(Topic topic) {
        define(Redefinition.retaining(definition, topic));
    }

    private void define(Subscription changed) {
        definition = changed;
        faults.redefine(changed);
        push.redefine(changed);
        push.refusal().ifPresent(this::killStreams);
        push.refusal().ifPresent(receivers::end);
        queue.backoff(
                changed.hasRetryPolicy() ? Backoff.of(changed.getRetryPolicy()) : Backoff.NONE);
        queue.attempts.limit(changed.getDeadLetterPolicy().getMaxDeliveryAttempts());
        queue.retained.retain(changed.getRetainAckedMessages());
        receivers.define(changed);
        if (changed.getDetached()) {
            queue.clear();
            receivers.end(detached());
        }
    }

    synchronized Subscription definition() {
        return definition;
    }

    String name() {
        return name;
    }

    synchronized void replayed() {
        replaying = false;
        dispatch();
    }

    synchronized void add(List<StoredMessage> messages) {
        List<StoredMessage> taken = selection.among(messages);
        taken.forEach(queue::add);
        faults.added(taken, times.millis());
        dispatch();
    }

    /** For the replay: these were acknowledged before. */
    synchronized void forget(long[] ids) {
        LongStream.of(ids).forEach(queue::forgetAcknowledged);
    }

    synchronized void open(PullStream stream) {
        Optional<Status> refusal = refusal();
        if (refusal.isPresent()) {
            stream.end(refusal.get());
            return;
        }
        lastUse = times.millis();
        receivers.open(stream);
        dispatch();
    }

    /**
     * The stream is gone; what it has goes to others at once. With exactly-once delivery it does
     * not: while a lease holds nobody else gets the message.
     */
    synchronized void leave(PullStream stream) {
        if (receivers.leave(stream)) {
            lastUse = times.millis();
            if (!definition.getEnableExactlyOnceDelivery()) {
                queue.release(stream.receiver(), times.millis());
            }
            dispatch();
        }
    }

    /** Sends a response that holds no messages. */
    synchronized void send(PullStream stream, StreamingPullResponse response) {
        receivers.send(stream, response);
    }

    private void kill(PullStream stream, Status status) {
        leave(stream);
        stream.end(status);
    }

    /** Ends all streams with that status, as a network would; they may be opened again. */
    synchronized int killStreams(Status status) {
        List<PullStream> open = receivers.streams();
        open.forEach(stream -> kill(stream, status));
        return open.size();
    }

    /**
     * Answers a ping of a client that watches whether the stream is alive. Google's notes the time
     * of a ping when it has sent it: an answer that was quicker, as on one machine it may be,
     * counts for none, and a stream that is well is closed for that.
     */
    void pong(PullStream stream) {
        times.afterForCallers(PONG_MILLIS, () -> pongNow(stream));
    }

    private synchronized void pongNow(PullStream stream) {
        receivers.pong(stream);
    }

    /** The transport took what it was given. */
    synchronized void ready() {
        dispatch();
    }

    synchronized void pull(PullCall call, long waitMillis) {
        Optional<Status> refusal = refusal();
        if (refusal.isPresent()) {
            call.response().onError(refusal.get().asException());
            return;
        }
        lastUse = times.millis();
        receivers.wait(call);
        dispatch();
        if (waitMillis <= 0) {
            giveUp(call);
        } else if (receivers.waits(call)) {
            times.afterForCallers(waitMillis, () -> giveUp(call));
        }
    }

    /** Answers a pull that still waits with nothing. */
    synchronized void giveUp(PullCall call) {
        receivers.giveUp(call);
    }

    /** Why nobody can be handed messages. */
    private Optional<Status> refusal() {
        if (closed != null) {
            return Optional.of(closed);
        }
        Optional<Status> pushes = push.refusal();
        return definition.getDetached() ? Optional.of(detached()) : pushes;
    }

    synchronized void acknowledge(List<AckId> ackIds, Journal journal) {
        if (gate.defers(() -> acknowledge(ackIds, journal))) {
            return;
        }
        lastUse = times.millis();
        LongStream.Builder done = LongStream.builder();
        for (AckId ackId : faults.kept(ackIds)) {
            queue.acknowledge(ackId.message(), ackId.lease(), done);
        }
        written(done, journal);
        dispatch();
    }

    private void written(LongStream.Builder done, Journal journal) {
        long[] ids = done.build().toArray();
        if (ids.length > 0) {
            journal.appendSoon(new Acknowledged(name, ids));
        }
    }

    /** The answer is given what became of each id, once what is acknowledged is on disk. */
    synchronized void acknowledge(
            List<String> ackIds, Journal journal, Consumer<Confirmation> answer) {
        if (gate.defers(() -> acknowledge(ackIds, journal, answer))) {
            return;
        }
        LongStream.Builder done = LongStream.builder();
        Confirmation confirmation = exactlyOnce.acknowledge(ackIds, done);
        long[] ids = done.build().toArray();
        if (ids.length == 0) {
            answer.accept(confirmation);
        } else {
            journal.append(new Acknowledged(name, ids), confirmation.onceWritten(answer));
        }
        dispatch();
    }

    synchronized Confirmation modifyLeased(List<String> ackIds, List<Integer> seconds) {
        Confirmation confirmation = exactlyOnce.modify(ackIds, seconds, times.millis());
        dispatch();
        return confirmation;
    }

    /** The message is in the dead-letter topic. */
    synchronized void forwarded(long id, Journal journal) {
        if (gate.defers(() -> forwarded(id, journal))) {
            return;
        }
        LongStream.Builder done = LongStream.builder();
        queue.forwarded(id, done);
        written(done, journal);
        dispatch();
    }

    synchronized void notForwarded(long id) {
        queue.notForwarded(id, times.millis());
        dispatch();
    }

    /** Sets the deadlines of leases anew; zero seconds give the message back. */
    synchronized void modify(List<AckId> ackIds, List<Integer> seconds) {
        long now = times.millis();
        for (int i = 0; i < ackIds.size(); i++) {
            AckId ackId = ackIds.get(i);
            if (seconds.get(i) == 0) {
                queue.nack(ackId.message(), ackId.lease(), now);
            } else {
                queue.extend(ackId.message(), ackId.lease(), now + seconds.get(i) * 1000L);
            }
        }
        dispatch();
    }

    /** As {@link AcknowledgementGate#shut}. */
    synchronized void shutGate(Runnable append) {
        gate.shut(append);
    }

    synchronized void openGate() {
        gate.open();
    }

    /** {@code ofTopic}: what the topic retains and the seek brings back. */
    synchronized void seekToTime(long millis, long atMillis, List<StoredMessage> ofTopic) {
        List<StoredMessage> known = retainedAt(atMillis);
        known.addAll(selection.among(ofTopic));
        lastUse = times.millis();
        queue.seek(SeekOutcome.toTime(millis, known));
        dispatch();
    }

    synchronized void seekToSnapshot(List<StoredMessage> snapshot, long atMillis) {
        lastUse = times.millis();
        queue.seek(SeekOutcome.toSnapshot(selection.among(snapshot), retainedAt(atMillis)));
        dispatch();
    }

    private List<StoredMessage> retainedAt(long atMillis) {
        queue.retained.dropPublishedBefore(
                atMillis - Backoff.millis(definition.getMessageRetentionDuration()));
        List<StoredMessage> known = new ArrayList<>();
        held(known::add);
        return known;
    }

    synchronized List<StoredMessage> unacknowledged() {
        return queue.unacknowledged();
    }

    /** When the oldest unacknowledged message was published, if there is one. */
    synchronized OptionalLong oldestMillis() {
        return queue.unacknowledged().stream().mapToLong(StoredMessage::publishedAtMillis).min();
    }

    /** Gives every message that the subscription holds to the consumer. */
    synchronized void held(Consumer<StoredMessage> consumer) {
        queue.held(consumer);
    }

    synchronized void dropAcknowledgedBefore(long millis) {
        queue.retained.dropPublishedBefore(millis);
    }

    synchronized void dropOlderThan(long retentionMillis, Journal journal) {
        if (gate.defers(() -> dropOlderThan(retentionMillis, journal))) {
            return;
        }
        List<Long> dropped = queue.dropPublishedBefore(times.calendar().millis() - retentionMillis);
        if (!dropped.isEmpty()) {
            journal.appendSoon(
                    new Acknowledged(name, dropped.stream().mapToLong(Long::longValue).toArray()));
        }
    }

    /** For how long nobody has used the subscription. */
    synchronized long idleMillis() {
        return receivers.none() ? times.millis() - lastUse : 0;
    }

    /** Ends all streams and pulls with that status, and refuses new ones with it. */
    synchronized void close(Status status) {
        closed = status;
        receivers.end(status);
    }

    synchronized SubscriptionCounts counts() {
        return SubscriptionCounts.of(definition, queue);
    }

    static Status deleted() {
        return Status.NOT_FOUND.withDescription("The subscription was deleted.");
    }

    static Status detached() {
        return Status.FAILED_PRECONDITION.withDescription(
                "The subscription is detached from its topic. Create another one.");
    }

    private synchronized void due() {
        armedFor = Deadlines.NONE;
        queue.expire(times.millis());
        dispatch();
    }

    /** Hands out what there is, and what was delivered too often to the dead-letter topic. */
    private void dispatch() {
        if (replaying || closed != null || faults.isFrozen()) {
            return;
        }
        for (QueuedMessage message : queue.attempts.takeExhausted()) {
            if (!deadLetters.forward(this, message.message, message.failures)) {
                queue.notForwarded(message.message.id(), times.millis());
            }
        }
        receivers.serve();
        push.dispatch();
        arm();
    }

    private void arm() {
        long earliest = queue.leases.nextDeadline();
        if (earliest < armedFor) {
            armedFor = earliest;
            times.after(earliest - times.millis(), this::due);
        }
    }
}
