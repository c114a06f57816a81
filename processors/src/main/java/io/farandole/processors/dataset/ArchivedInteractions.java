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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    public List<Interaction> all() throws IOException {
        Map<String, History> histories = new TreeMap<>();
        archive.read(Selection.of(TopicCatalogue.ACTIVITY), row -> hear(row, histories));
        List<Interaction> interactions = new ArrayList<>();
        for (History history : histories.values()) {
            for (Acts.Act act : Acts.of(history)) {
                Double stars = act.stars();
                if (stars != null) {
                    interactions.add(new Interaction(history.user(), act.item(), stars, act.at()));
                }
            }
        }
        return interactions;
    }

    private void hear(Raw row, Map<String, History> histories) {
        switch (codec.decode(
                TopicCatalogue.ACTIVITY, row.attributes(), row.payload(), row.publishTime())) {
            case Understood<ActivityEvent>(Message<ActivityEvent> message, int _) ->
                    histories.compute(
                            message.event().user().value(),
                            (user, known) ->
                                    (known == null ? History.none(user) : known)
                                            .heard(message.event(), Told.by(message)));
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
