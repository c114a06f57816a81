package io.farandole.processors.dataset;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Decoded.Refused;
import io.farandole.events.Decoded.Understood;
import io.farandole.events.EventCodec;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.Archive;
import io.farandole.processors.archive.Raw;
import io.farandole.processors.archive.Selection;
import io.farandole.processors.lists.Acts;
import io.farandole.processors.lists.History;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.streams.Told;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archived activity, folded into histories by the very code with which personalisation keeps
 * them. What has no grade and no liking, such as a look, is not in it.
 */
final class ArchivedInteractions implements Interactions {

    private static final Logger log = LoggerFactory.getLogger(ArchivedInteractions.class);

    private final EventCodec codec = new EventCodec();
    private final Archive archive;

    ArchivedInteractions(Archive archive) {
        this.archive = archive;
    }

    @Override
    public Extract all() throws IOException {
        ArchivedFacts facts = new ArchivedFacts(codec);
        Map<String, History> histories = new TreeMap<>();
        Range range = new Range();
        long archivedTo =
                archive.read(
                        Selection.of(TopicCatalogue.ACTIVITY, TopicCatalogue.CATALOGUE),
                        row -> {
                            if (row.topic().equals(TopicCatalogue.ACTIVITY.name())) {
                                hear(row, histories, range);
                            } else {
                                facts.hear(row);
                            }
                        });
        List<Interaction> interactions = new ArrayList<>();
        for (History history : histories.values()) {
            for (Acts.Act act : Acts.of(history)) {
                Double stars = act.stars();
                if (stars != null) {
                    interactions.add(new Interaction(history.user(), act.item(), stars, act.at()));
                }
            }
        }
        Set<String> met = interactions.stream().map(Interaction::item).collect(Collectors.toSet());
        return new Extract(
                interactions, facts.known(met), range.events, range.from, range.to, archivedTo);
    }

    /** How many events were heard, and the first and last time at which one happened. */
    private static final class Range {

        private int events;
        private @Nullable Instant from;
        private @Nullable Instant to;

        void add(Instant at) {
            events++;
            from = from == null || at.isBefore(from) ? at : from;
            to = to == null || at.isAfter(to) ? at : to;
        }
    }

    private void hear(Raw row, Map<String, History> histories, Range range) {
        switch (codec.decode(
                TopicCatalogue.ACTIVITY, row.attributes(), row.payload(), row.publishTime())) {
            case Understood<ActivityEvent>(Message<ActivityEvent> message, int _) -> {
                range.add(message.envelope().time());
                histories.compute(
                        message.event().user().value(),
                        (user, known) ->
                                (known == null ? History.none(user) : known)
                                        .heard(message.event(), Told.by(message)));
            }
            // Every processor that reads the topic put it aside as well.
            case Refused<ActivityEvent>(String reason, String place) ->
                    log.warn(
                            "Row {} of the archive is no activity: {} {}",
                            row.position(),
                            place,
                            reason);
        }
    }
}
