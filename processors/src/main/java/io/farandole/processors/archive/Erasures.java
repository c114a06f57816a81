package io.farandole.processors.archive;

import io.farandole.events.ActivityEvent;
import io.farandole.events.EventAttributes;
import io.farandole.events.Kind;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Told;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asked to be forgotten, and when last. Whatever was told of them until then is withheld before
 * anybody decodes it, save that they asked; what they did since is theirs to be counted again.
 */
public final class Erasures {

    private static final String TYPE =
            TopicCatalogue.ACTIVITY.kinds().stream()
                    .filter(kind -> kind.name().equals(Kind.nameOf(ActivityEvent.Erased.class)))
                    .map(TopicCatalogue.ACTIVITY::typeOf)
                    .findFirst()
                    .orElseThrow();

    private final Map<String, Told> last = new HashMap<>();

    /** When the user of this row asked to be forgotten; null if it says nothing of the kind. */
    public static @Nullable Told told(Raw row) {
        return isErasure(row) ? row.told() : null;
    }

    /** Of several for one key the last in event time counts. */
    public void add(String key, Told told) {
        last.merge(key, told, Told::or);
    }

    public boolean withhold(Raw row) {
        Told erased = last.get(row.key());
        if (erased == null || isErasure(row)) {
            return false;
        }
        Told told = row.told();
        return told == null || !told.isAfter(erased);
    }

    private static boolean isErasure(Raw row) {
        return TYPE.equals(row.attributes().get(EventAttributes.TYPE));
    }
}
