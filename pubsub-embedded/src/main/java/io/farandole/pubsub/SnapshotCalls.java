package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.DeleteSnapshotRequest;
import com.google.pubsub.v1.GetSnapshotRequest;
import com.google.pubsub.v1.ListSnapshotsRequest;
import com.google.pubsub.v1.ListSnapshotsResponse;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.UpdateSnapshotRequest;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Target.ToSnapshot;
import io.farandole.pubsub.journal.JournalRecord.Target.ToTime;
import io.grpc.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The calls of google.pubsub.v1.Subscriber that are about snapshots, and seek. */
final class SnapshotCalls {

    private static final Set<String> CHANGEABLE = Set.of("labels", "expire_time");
    private static final long LIFETIME_MILLIS = Duration.ofDays(7).toMillis();
    private static final long SHORTEST_MILLIS = Duration.ofHours(1).toMillis();

    private final Broker broker;
    private final InstantSource calendar;

    SnapshotCalls(Broker broker, InstantSource calendar) {
        this.broker = broker;
        this.calendar = calendar;
    }

    /** In the turn of the source. */
    void create(CreateSnapshotRequest request, LiveSubscription source, Reply<Snapshot> reply) {
        String name =
                request.getName().isEmpty()
                        ? ResourceName.SNAPSHOT.randomBeside(source.name())
                        : request.getName();
        long now = calendar.millis();
        // the snapshot lives for as long as its oldest message may be kept
        long expires = source.oldestMillis().orElse(now) + LIFETIME_MILLIS;
        Snapshot snapshot =
                Snapshot.newBuilder()
                        .setName(name)
                        .setTopic(source.definition().getTopic())
                        .setExpireTime(timestamp(Math.min(expires, now + LIFETIME_MILLIS)))
                        .putAllLabels(request.getLabelsMap())
                        .build();
        ResourceName.SNAPSHOT
                .refuse(name)
                .or(() -> refuseTags(request))
                .or(() -> LabelRules.refuse(request.getLabelsMap()))
                .or(() -> refuseSource(source))
                .or(
                        () ->
                                expires < now + SHORTEST_MILLIS
                                        ? precondition(
                                                "The oldest unacknowledged message of "
                                                        + source.name()
                                                        + " is so old that a snapshot would expire in less than an hour."
                                                        + " Acknowledge it, or seek past it.")
                                        : Optional.empty())
                .ifPresentOrElse(reply::refused, () -> broker.create(snapshot, source, reply));
    }

    void get(GetSnapshotRequest request, Reply<Snapshot> reply) {
        find(request.getSnapshot(), reply, live -> reply.done(live.definition()));
    }

    void list(ListSnapshotsRequest request, Reply<ListSnapshotsResponse> reply) {
        new PageRequest(request.getPageSize(), request.getPageToken())
                .answerIn(
                        request.getProject(),
                        broker.snapshots().all().stream().map(LiveSnapshot::definition),
                        Snapshot::getName,
                        reply,
                        page ->
                                ListSnapshotsResponse.newBuilder()
                                        .addAllSnapshots(page.items())
                                        .setNextPageToken(page.nextToken())
                                        .build());
    }

    void update(UpdateSnapshotRequest request, Reply<Snapshot> toGive) {
        findInTurn(
                request.getSnapshot().getName(),
                toGive,
                (live, reply) -> {
                    Change<Snapshot> change =
                            Change.of(
                                    live.definition(),
                                    request.getSnapshot(),
                                    request.getUpdateMask(),
                                    CHANGEABLE);
                    switch (change) {
                        case Change.Refused<Snapshot>(var status) -> reply.refused(status);
                        case Change.Changed<Snapshot>(var changed) ->
                                refuseExpiry(live.definition(), changed)
                                        .or(() -> LabelRules.refuse(changed.getLabelsMap()))
                                        .ifPresentOrElse(
                                                reply::refused,
                                                () -> broker.change(changed, reply));
                    }
                });
    }

    void delete(DeleteSnapshotRequest request, Reply<Empty> toGive) {
        String name = request.getSnapshot();
        findInTurn(name, toGive, (_, reply) -> broker.delete(Kind.SNAPSHOT, name, reply));
    }

    void seek(SeekRequest request, LiveSubscription subscription, Reply<SeekResponse> reply) {
        Optional<Status> refusal = refuseSource(subscription);
        if (refusal.isPresent() && subscription.definition().getDetached()) {
            reply.refused(refusal.get());
            return;
        }
        switch (request.getTargetCase()) {
            case TIME -> seekToTime(request.getTime(), subscription, reply);
            case SNAPSHOT ->
                    find(
                            request.getSnapshot(),
                            reply,
                            live -> seekToSnapshot(live, subscription, reply));
            case TARGET_NOT_SET ->
                    reply.refused(
                            Status.INVALID_ARGUMENT.withDescription(
                                    "The request names neither a time nor a snapshot to seek to."));
        }
    }

    private void seekToTime(
            Timestamp time, LiveSubscription subscription, Reply<SeekResponse> reply) {
        if (!isValid(time)) {
            reply.refused(invalidTime("time"));
            return;
        }
        // messages have their time in milliseconds: those of a begun one are before it
        long millis = time.getSeconds() * 1000 + Math.ceilDiv(time.getNanos(), 1_000_000);
        broker.seek(subscription, new ToTime(millis), reply);
    }

    private void seekToSnapshot(
            LiveSnapshot snapshot, LiveSubscription subscription, Reply<SeekResponse> reply) {
        Snapshot definition = snapshot.definition();
        String topic = subscription.definition().getTopic();
        if (!definition.getTopic().equals(topic) || topic.equals(Resources.DELETED_TOPIC)) {
            reply.refused(
                    Status.INVALID_ARGUMENT.withDescription(
                            "%s is of the topic %s, and %s of %s. Both have to be of the same topic."
                                    .formatted(
                                            definition.getName(),
                                            definition.getTopic(),
                                            subscription.name(),
                                            topic)));
            return;
        }
        broker.seek(subscription, new ToSnapshot(definition.getName()), reply);
    }

    private Optional<Status> refuseExpiry(Snapshot present, Snapshot changed) {
        Timestamp expires = changed.getExpireTime();
        if (expires.equals(present.getExpireTime())) {
            return Optional.empty();
        }
        if (!isValid(expires)) {
            return Optional.of(invalidTime("expire_time"));
        }
        long fromNow = expires.getSeconds() * 1000 - calendar.millis();
        return fromNow <= 0 || fromNow > LIFETIME_MILLIS
                ? Optional.of(
                        Status.INVALID_ARGUMENT.withDescription(
                                "expire_time has to be in the future, and within 7 days."))
                : Optional.empty();
    }

    private static Optional<Status> refuseTags(CreateSnapshotRequest request) {
        return request.getTagsCount() == 0
                ? Optional.empty()
                : Optional.of(
                        Status.UNIMPLEMENTED.withDescription(
                                "pubsub-embedded does not do tags of snapshots. Leave them out, or use labels."));
    }

    private static Optional<Status> refuseSource(LiveSubscription source) {
        if (source.definition().getDetached()) {
            return Optional.of(LiveSubscription.detached());
        }
        return source.definition().getTopic().equals(Resources.DELETED_TOPIC)
                ? precondition("The topic of " + source.name() + " was deleted.")
                : Optional.empty();
    }

    private static Optional<Status> precondition(String sentence) {
        return Optional.of(Status.FAILED_PRECONDITION.withDescription(sentence));
    }

    private static Status invalidTime(String field) {
        return Status.INVALID_ARGUMENT.withDescription(
                field + " is no time between the years 1 and 9999.");
    }

    private static boolean isValid(Timestamp time) {
        return time.getSeconds() >= -62_135_596_800L
                && time.getSeconds() < 253_402_300_800L
                && time.getNanos() >= 0
                && time.getNanos() < 1_000_000_000;
    }

    private static Timestamp timestamp(long millis) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(millis, 1000))
                .setNanos(Math.floorMod(millis, 1000) * 1_000_000)
                .build();
    }

    /** What is found stays as it is until the reply is given. */
    private <T> void findInTurn(
            String name, Reply<T> reply, BiConsumer<LiveSnapshot, Reply<T>> action) {
        broker.turns()
                .take(
                        name,
                        reply,
                        inTurn -> find(name, inTurn, live -> action.accept(live, inTurn)));
    }

    private void find(String name, Reply<?> reply, Consumer<LiveSnapshot> action) {
        ResourceName.SNAPSHOT.find(name, broker.snapshots()::named, reply, action);
    }
}
