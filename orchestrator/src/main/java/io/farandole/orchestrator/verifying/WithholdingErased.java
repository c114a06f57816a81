package io.farandole.orchestrator.verifying;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is withheld against who asked to be forgotten as the archived events tell it: nothing
 * is withheld but what was told of a user until the last erasure. Of each user it remembers the
 * last event that is withheld: if that one is rightly, all are.
 */
final class WithholdingErased {

    private final Map<String, Telling> erasures = new HashMap<>();
    private final Map<String, JournaledEvent> lastWithheld = new HashMap<>();

    /**
     * @param key the message's ordering key, by which a user is known
     */
    void given(String key, JournaledEvent event) {
        if (event.topic().equals("activity") && event.kind().equals("erased")) {
            erasures.merge(key, event.told(), (a, b) -> a.compareTo(b) < 0 ? b : a);
        }
    }

    void withheld(String key, JournaledEvent event) {
        lastWithheld.merge(key, event.bare(), (a, b) -> a.told().compareTo(b.told()) < 0 ? b : a);
    }

    /** What is wrong, when all was told. */
    List<Discrepancy> finish() {
        List<Discrepancy> discrepancies = new ArrayList<>();
        for (String key : new TreeSet<>(lastWithheld.keySet())) {
            JournaledEvent event = lastWithheld.get(key);
            Telling erased = erasures.get(key);
            if (event != null && (erased == null || event.told().compareTo(erased) > 0)) {
                discrepancies.add(
                        new Discrepancy(
                                event.topic(),
                                "event " + event.ownId(),
                                "was told at %s, is withheld from everybody, and %s asked to be forgotten %s"
                                        .formatted(event.told().time(), key, when(erased))));
            }
        }
        return discrepancies;
    }

    private static String when(@Nullable Telling erased) {
        return erased == null ? "never" : "at " + erased.time();
    }
}
