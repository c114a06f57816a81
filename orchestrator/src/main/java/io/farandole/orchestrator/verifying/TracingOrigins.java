package io.farandole.orchestrator.verifying;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Traces internal events back: each source event that was applied is to have come out once, as the
 * same fact, and nothing is to have come out of nowhere. What is older than the journal reaches has
 * lost its origin; what a user had told until the erasure is withheld, and comes out no more.
 */
final class TracingOrigins {

    private static final Set<String> FACTS_ABOUT_USERS =
            Set.of(
                    "registered",
                    "profileChanged",
                    "creditGranted",
                    "creditSpent",
                    "onboardingAnswered",
                    "erased");

    /**
     * What a fact keeps on its way from the source ring to the internal one: texts, then numbers.
     */
    private static final List<String> TEXTS = List.of("user", "offer", "booking", "birthDate");

    private static final List<String> NUMBERS = List.of("value", "quantity", "cents");

    private final Map<String, Fact> said = new HashMap<>();
    private final Map<String, JournaledEvent> lastErasure = new HashMap<>();
    private final List<Discrepancy> discrepancies = new ArrayList<>();
    private final Instant reach;
    private long lost;

    /**
     * @param reach since when the journal has everything
     */
    TracingOrigins(Instant reach) {
        this.reach = reach;
    }

    void source(JournaledEvent event) {
        said.put(
                key(event.topic(), event), new Fact(fact(event), event.text("user"), event.bare()));
    }

    /** All source events are to be told before. */
    void internal(JournaledEvent event) {
        if (event.kind().equals("erased")) {
            lastErasure.merge(
                    event.text("user"),
                    event.bare(),
                    (old, young) -> young.told().compareTo(old.told()) > 0 ? young : old);
        }
        String topic = sourceOf(event);
        Fact fact = said.get(key(topic, event));
        if (fact == null) {
            if (event.published().isBefore(reach)) {
                lost++;
            } else {
                note(event.topic(), event, "goes back to no event of " + topic);
            }
            return;
        }
        fact.heard++;
        if (topic.equals("offers")) {
            return;
        }
        if (fact.heard > 1) {
            note(event.topic(), event, "came out of one event of " + topic + " more than once");
        } else if (!fact.says.equals(fact(event))) {
            note(
                    event.topic(),
                    event,
                    "says " + fact(event) + ", the event on " + topic + " says " + fact.says);
        }
    }

    /** How many internal events are older than the journal reaches, and went untraced. */
    long lost() {
        return lost;
    }

    List<Discrepancy> finish() {
        new TreeMap<>(said)
                .forEach(
                        (key, fact) -> {
                            if (fact.heard == 0 && !isForgotten(fact)) {
                                String topic = key.substring(0, key.indexOf(' '));
                                discrepancies.add(
                                        new Discrepancy(
                                                topic,
                                                key.substring(topic.length() + 1),
                                                "nothing came of this event in the internal ring"));
                            }
                        });
        return discrepancies;
    }

    private boolean isForgotten(Fact fact) {
        JournaledEvent erasure = lastErasure.get(fact.user);
        return erasure != null && fact.event.told().compareTo(erasure.told()) <= 0;
    }

    private static String sourceOf(JournaledEvent event) {
        if (event.topic().equals("catalogue")) {
            return "offers";
        }
        return FACTS_ABOUT_USERS.contains(event.kind()) ? "users" : "interactions";
    }

    private static String fact(JournaledEvent event) {
        StringBuilder fact = new StringBuilder(event.kind());
        for (String field : TEXTS) {
            String value = event.text(field);
            fact.append(value.isEmpty() ? "" : " " + field + "=" + value);
        }
        for (String field : NUMBERS) {
            String value = event.text(field);
            // 4, 4.0 and "4.0" are one number, whoever wrote it.
            fact.append(
                    value.isEmpty()
                            ? ""
                            : " " + field + "=" + new BigDecimal(value).stripTrailingZeros());
        }
        return fact.append(" at ").append(event.told().time()).toString();
    }

    private static String key(String topic, JournaledEvent event) {
        return topic + " " + event.told().source() + " " + event.told().id();
    }

    private void note(String topic, JournaledEvent event, String what) {
        discrepancies.add(
                new Discrepancy(topic, event.told().source() + " " + event.told().id(), what));
    }

    private static final class Fact {
        private final String says;
        private final String user;
        private final JournaledEvent event;
        private int heard;

        Fact(String says, String user, JournaledEvent event) {
            this.says = says;
            this.user = user;
            this.event = event;
        }
    }
}
