package io.farandole.pubsub;

import com.google.pubsub.v1.SeekResponse;
import io.farandole.pubsub.journal.Journal;
import io.farandole.pubsub.journal.JournalException;
import io.farandole.pubsub.journal.JournalRecord.Seeked;
import io.farandole.pubsub.journal.JournalRecord.Target;
import io.farandole.pubsub.journal.JournalRecord.Target.ToSnapshot;
import io.farandole.pubsub.journal.JournalRecord.Target.ToTime;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;

/** Sets subscriptions back and forth, live as in the replay. */
final class Seeks {

    private final Broker broker;

    Seeks(Broker broker) {
        this.broker = broker;
    }

    void seek(
            LiveSubscription subscription,
            Target target,
            long nowMillis,
            Reply<SeekResponse> reply) {
        Seeked seeked = new Seeked(subscription.name(), target, nowMillis);
        subscription.shutGate(
                () ->
                        broker.journal()
                                .append(
                                        seeked,
                                        new Journal.Commit() {
                                            @Override
                                            public void durable() {
                                                Optional<Status> refusal =
                                                        Optional.of(Broker.notApplied());
                                                try {
                                                    refusal = apply(seeked);
                                                } finally {
                                                    subscription.openGate();
                                                    answer(refusal, reply);
                                                }
                                            }

                                            @Override
                                            public void failed(JournalException reason) {
                                                subscription.openGate();
                                                reply.refused(Broker.unavailable(reason));
                                            }
                                        }));
    }

    private static void answer(Optional<Status> refusal, Reply<SeekResponse> reply) {
        refusal.ifPresentOrElse(
                reply::refused, () -> reply.done(SeekResponse.getDefaultInstance()));
    }

    /** Does nothing, and says why, if the subscription or the snapshot went away before. */
    Optional<Status> apply(Seeked seeked) {
        Optional<LiveSubscription> subscription = broker.subscription(seeked.subscription());
        if (subscription.isEmpty()) {
            return Optional.of(ResourceName.SUBSCRIPTION.missing(seeked.subscription()));
        }
        return switch (seeked.target()) {
            case ToTime(var millis) -> toTime(subscription.get(), millis, seeked.atMillis());
            case ToSnapshot(var name) -> toSnapshot(subscription.get(), name, seeked.atMillis());
        };
    }

    private Optional<Status> toTime(LiveSubscription subscription, long millis, long atMillis) {
        List<StoredMessage> ofTopic =
                broker.topic(subscription.definition().getTopic())
                        .filter(topic -> topic.subscriptions().contains(subscription))
                        .map(
                                topic ->
                                        topic.publishedSince(
                                                Math.max(
                                                        millis,
                                                        atMillis - topic.retentionMillis())))
                        .orElse(List.of());
        subscription.seekToTime(millis, atMillis, ofTopic);
        return Optional.empty();
    }

    private Optional<Status> toSnapshot(LiveSubscription subscription, String name, long atMillis) {
        Optional<LiveSnapshot> snapshot = broker.snapshots().named(name);
        snapshot.ifPresent(live -> subscription.seekToSnapshot(live.messages(), atMillis));
        return snapshot.isPresent()
                ? Optional.empty()
                : Optional.of(ResourceName.SNAPSHOT.missing(name));
    }
}
