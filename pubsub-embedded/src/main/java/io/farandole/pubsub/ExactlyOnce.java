package io.farandole.pubsub;

import io.farandole.pubsub.Confirmation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Acknowledgements and deadlines as exactly-once delivery takes them: a lease that is over counts
 * for nothing, and whoever asks is told. Pure, as the queue is.
 */
record ExactlyOnce(SubscriptionQueue queue) {

    /** One id of a request, as the client wrote it. */
    private record Asked(String text, int place, Optional<AckId> ackId) {
        long message() {
            return ackId.map(AckId::message).orElse(Long.MAX_VALUE);
        }
    }

    /** The ids of messages that are never handed out again go to {@code done}. */
    Confirmation acknowledge(List<String> ackIds, LongConsumer done) {
        List<Asked> asked = asked(ackIds);
        // in a request the ids come as they may: only what is missing from it is out of order
        asked.sort(Comparator.comparingLong(Asked::message));
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Asked one : asked) {
            outcomes.putIfAbsent(
                    one.text(),
                    one.ackId().map(id -> acknowledge(id, done)).orElse(Outcome.INVALID));
        }
        return new Confirmation(outcomes);
    }

    private Outcome acknowledge(AckId ackId, LongConsumer done) {
        QueuedMessage message = queue.leased(ackId.message(), ackId.lease());
        if (message == null) {
            return Outcome.INVALID;
        }
        if (message.key != null && message.key.head != message) {
            return Outcome.UNORDERED;
        }
        queue.acknowledge(ackId.message(), ackId.lease(), done);
        return Outcome.DONE;
    }

    /** Zero seconds give the message back. */
    Confirmation modify(List<String> ackIds, List<Integer> seconds, long now) {
        List<Asked> asked = asked(ackIds);
        // what is given back takes the later ones of its key along: those are judged before
        asked.sort(Comparator.comparingLong(Asked::message).reversed());
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Asked one : asked) {
            outcomes.put(
                    one.text(),
                    one.ackId()
                            .map(id -> modify(id, seconds.get(one.place()), now))
                            .orElse(Outcome.INVALID));
        }
        return new Confirmation(outcomes);
    }

    private Outcome modify(AckId ackId, int seconds, long now) {
        return Outcome.of(
                seconds == 0
                        ? queue.nack(ackId.message(), ackId.lease(), now)
                        : queue.extend(ackId.message(), ackId.lease(), now + seconds * 1000L));
    }

    private static List<Asked> asked(List<String> ackIds) {
        List<Asked> asked = new ArrayList<>(ackIds.size());
        for (int i = 0; i < ackIds.size(); i++) {
            asked.add(new Asked(ackIds.get(i), i, AckId.parse(ackIds.get(i))));
        }
        return asked;
    }
}
