package io.farandole.streams;

import io.farandole.events.ActivityEvent;
import io.farandole.events.EventAttributes;
import io.farandole.events.Kind;
import io.farandole.events.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asked to be forgotten, and when last: the tombstones. Whatever was told of them until then is
 * withheld from every replay, save that they asked, before anybody decodes it. What they did since
 * is theirs to be counted again.
 */
public final class Erasures {

    private static final String TYPE =
            TopicCatalogue.ACTIVITY.kinds().stream()
                    .filter(kind -> kind.name().equals(Kind.nameOf(ActivityEvent.Erased.class)))
                    .map(TopicCatalogue.ACTIVITY::typeOf)
                    .findFirst()
                    .orElseThrow();

    private final Map<String, Told> last = new HashMap<>();

    /**
     * When the user that a message with these attributes is about asked to be forgotten; null if it
     * says nothing of the kind.
     */
    public static @Nullable Told told(Map<String, String> attributes) {
        return isErasure(attributes) ? Told.in(attributes) : null;
    }

    /** Of several for one ordering key the last in event time counts. */
    public void add(String key, Told told) {
        last.merge(key, told, Told::or);
    }

    /** Whether a message with this ordering key and these attributes is given to nobody. */
    public boolean withhold(String key, Map<String, String> attributes) {
        Told erased = last.get(key);
        if (erased == null || isErasure(attributes)) {
            return false;
        }
        Told told = Told.in(attributes);
        return told == null || !told.isAfter(erased);
    }

    private static boolean isErasure(Map<String, String> attributes) {
        return TYPE.equals(attributes.get(EventAttributes.TYPE));
    }
}
