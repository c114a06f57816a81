package io.farandole.processors.archive;

import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The archive as replays read it. */
public record ReplayedArchive(Archive archive) implements ArchivedEvents {

    @Override
    public List<ArchivedEvent> read(Wanted wanted, int most) throws IOException {
        String key = wanted.key();
        Selection selection =
                new Selection(
                        wanted.topics(),
                        wanted.after(),
                        null,
                        key == null ? Set.of() : Set.of(key));
        return archive.next(selection, most).stream().map(ReplayedArchive::event).toList();
    }

    @Override
    public List<Expired> expired(Set<String> topics) throws IOException {
        return archive.expired(topics);
    }

    private static ArchivedEvent event(Kept kept) {
        Raw row = kept.row();
        return new ArchivedEvent(row.position(), row.topic(), row.delivery(), kept.withheld());
    }
}
