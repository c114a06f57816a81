package io.farandole.pubsub.journal;

import io.farandole.pubsub.journal.JournalRecord.Begun;
import io.farandole.pubsub.journal.JournalRecord.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A server that remembers what was replayed to it, and holds every message until told otherwise.
 */
final class RecordedState implements JournaledState {

    /** A message's bytes and id, and nothing else. */
    static final class Message extends Payload {
        private final long id;

        Message(long id, byte[] bytes, long location) {
            super(bytes, location);
            this.id = id;
        }

        @Override
        public long id() {
            return id;
        }
    }

    /** All but the beginnings of files. */
    final List<JournalRecord> records = new ArrayList<>();

    long nextMessageId = 1;

    /** What there is. */
    final List<JournalRecord> definitions = new ArrayList<>();

    /** What is held, by id. */
    final Map<Long, Message> held = new ConcurrentHashMap<>();

    @Override
    public List<? extends Payload> replay(JournalRecord journalRecord, long location) {
        if (!(journalRecord instanceof Begun)) {
            records.add(journalRecord);
        }
        return journalRecord instanceof Published published
                ? publish(published, location)
                : List.of();
    }

    List<Message> publish(Published published, long location) {
        List<Message> messages = new ArrayList<>();
        long[] locations = published.locations(location);
        for (int i = 0; i < locations.length; i++) {
            Message message =
                    new Message(published.firstId() + i, published.messages().get(i), locations[i]);
            messages.add(message);
            held.put(message.id(), message);
        }
        return messages;
    }

    @Override
    public List<JournalRecord> beginning() {
        return definitions.isEmpty()
                ? List.of(new Begun(nextMessageId, Map.of("t", 1L)))
                : List.of(definitions.getFirst(), new Begun(nextMessageId, Map.of("t", 1L)));
    }

    @Override
    public void held(Consumer<? super Payload> visitor) {
        held.values().forEach(visitor);
    }
}
