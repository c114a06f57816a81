package io.farandole.pubsub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What a seek makes of a subscription, both in publish order: the messages that are unacknowledged
 * from then on, and all others that are there.
 */
record SeekOutcome(List<StoredMessage> unacknowledged, List<StoredMessage> acknowledged) {

    /** Messages of that very time count as published after it. */
    static SeekOutcome toTime(long millis, Collection<StoredMessage> retained) {
        List<StoredMessage> unacknowledged = new ArrayList<>();
        List<StoredMessage> acknowledged = new ArrayList<>();
        for (StoredMessage message : inOrder(retained)) {
            (message.publishedAtMillis() >= millis ? unacknowledged : acknowledged).add(message);
        }
        return new SeekOutcome(unacknowledged, acknowledged);
    }

    static SeekOutcome toSnapshot(
            Collection<StoredMessage> snapshot, Collection<StoredMessage> retained) {
        List<StoredMessage> unacknowledged = inOrder(snapshot);
        List<StoredMessage> acknowledged = new ArrayList<>();
        int at = 0;
        for (StoredMessage message : inOrder(retained)) {
            while (at < unacknowledged.size() && unacknowledged.get(at).id() < message.id()) {
                at++;
            }
            if (at == unacknowledged.size() || unacknowledged.get(at).id() != message.id()) {
                acknowledged.add(message);
            }
        }
        return new SeekOutcome(unacknowledged, acknowledged);
    }

    /** Ids grow in publish order; what several kept is there once. */
    private static List<StoredMessage> inOrder(Collection<StoredMessage> messages) {
        List<StoredMessage> sorted = new ArrayList<>(messages);
        sorted.sort(Comparator.comparingLong(StoredMessage::id));
        List<StoredMessage> distinct = new ArrayList<>(sorted.size());
        for (StoredMessage message : sorted) {
            if (distinct.isEmpty() || distinct.getLast().id() != message.id()) {
                distinct.add(message);
            }
        }
        return distinct;
    }
}
