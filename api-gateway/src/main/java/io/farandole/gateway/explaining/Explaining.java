package io.farandole.gateway.explaining;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Rule;
import io.farandole.gateway.eligibility.Rules;
import io.farandole.gateway.explaining.Explanation.Act;
import io.farandole.gateway.explaining.Explanation.ExplainedItem;
import io.farandole.gateway.explaining.Explanation.ReleaseFacts;
import io.farandole.gateway.explaining.Explanation.ScoreParts;
import io.farandole.gateway.explaining.ReadingReasons.Acted;
import io.farandole.gateway.explaining.ReadingReasons.Entry;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Offers;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Finds out how an answer came about; what cannot be found out is said. */
@Component
public class Explaining {

    private static final int MOST_ACTS = 10;
    private static final String TASTE = "taste";

    private final ReadingReasons reading;
    private final Offers offers;
    private final Stage stage;

    Explaining(ReadingReasons reading, Offers offers, GatewaySettings settings, Stages stages) {
        this.reading = reading;
        this.offers = offers;
        this.stage = stages.of("explanation", settings.listDeadline());
    }

    /**
     * Whether a call asks for it.
     *
     * @throws ProblemException if it neither does nor does not
     */
    public static boolean isAsked(@Nullable String parameter) {
        return switch (parameter) {
            case null -> false;
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw ProblemException.parameter("explain", "is neither true nor false");
        };
    }

    private record Reasons(
            Map<String, Entry> entries, List<Acted> acts, Optional<ReleaseFacts> release) {

        static final Reasons NONE = new Reasons(Map.of(), List.of(), Optional.empty());
    }

    public Mono<Explanation> of(Subject subject, Call call) {
        return Mono.zip(
                        stage.hold(read(subject), call.skips(), Mono.just(Reasons.NONE)),
                        offers.all(call.skips()))
                .map(both -> explanation(subject, both.getT1(), both.getT2()));
    }

    private Mono<Reasons> read(Subject subject) {
        List<String> items = List.copyOf(subject.sources().keySet());
        var user = subject.user();
        var entries =
                user == null
                        ? Mono.just(Map.<String, Entry>of())
                        : reading.entries(user, items).collectMap(Entry::item);
        var acts = user == null ? Mono.just(List.<Acted>of()) : reading.acts(user).collectList();
        String name = subject.release();
        Mono<Optional<ReleaseFacts>> release =
                name == null || name.equals(TASTE)
                        ? Mono.just(Optional.empty())
                        : reading.release(name).map(Optional::of).defaultIfEmpty(Optional.empty());
        return Mono.zip(entries, acts, release)
                .map(all -> new Reasons(all.getT1(), all.getT2(), all.getT3()));
    }

    private static Explanation explanation(
            Subject subject, Reasons reasons, Assortment assortment) {
        List<ExplainedItem> items = new ArrayList<>();
        subject.sources().forEach((item, source) -> items.add(explained(item, source, reasons)));
        return new Explanation(
                reasons.release().orElse(null),
                items,
                removedBy(subject, assortment),
                notKnown(subject, reasons));
    }

    private static ExplainedItem explained(String item, String source, Reasons reasons) {
        Entry entry = reasons.entries().get(item);
        if (entry == null || !(source.equals("model") || source.equals(TASTE))) {
            return new ExplainedItem(item, source, null, List.of());
        }
        List<String> because = texts(entry.why().path("because"));
        List<String> categories = texts(entry.why().path("categories"));
        return new ExplainedItem(
                item,
                // Behind what the model has chosen comes what taste has, which scores nothing.
                because.isEmpty() && entry.score() == 0 ? TASTE : source,
                new ScoreParts(
                        entry.score(),
                        because,
                        categories,
                        entry.why().hasNonNull("popularity")
                                ? entry.why().path("popularity").asInt()
                                : null),
                acts(because, categories, reasons.acts()));
    }

    private static List<Act> acts(List<String> because, List<String> categories, List<Acted> acts) {
        return acts.stream()
                .filter(
                        acted ->
                                because.contains(acted.act().item())
                                        || !Collections.disjoint(categories, acted.categories()))
                .map(Acted::act)
                .sorted(Comparator.comparing(Act::at).reversed().thenComparing(Act::item))
                .limit(MOST_ACTS)
                .toList();
    }

    /** Of what was looked at before the last that is shown, as it is in memory. */
    private static Map<String, Integer> removedBy(Subject subject, Assortment assortment) {
        Asking asking = subject.asking();
        SortedMap<String, Integer> removed = new TreeMap<>();
        int left = subject.sources().size();
        for (String item : subject.candidates()) {
            if (left == 0) {
                break;
            }
            left -= subject.sources().containsKey(item) ? 1 : 0;
            for (OfferFacts offer : assortment.offersOf(item)) {
                for (Rule rule : Rules.against(offer, asking)) {
                    removed.merge(rule.text(), 1, Integer::sum);
                }
            }
        }
        return removed;
    }

    private static List<String> notKnown(Subject subject, Reasons reasons) {
        List<String> missing = new ArrayList<>();
        String release = subject.release();
        if (release != null && !release.equals(TASTE)) {
            Optional<ReleaseFacts> facts = reasons.release();
            if (facts.isEmpty()) {
                missing.add("what release " + release + " is");
            } else if (facts.get().dataFingerprint() == null) {
                missing.add("which data release " + release + " learnt from");
            }
        }
        Long now = reasons.entries().values().stream().findFirst().map(Entry::version).orElse(null);
        if (subject.version() != null && now == null) {
            missing.add("why items are on the list");
        } else if (subject.version() != null && !subject.version().equals(now)) {
            missing.add(
                    "why items are on the list as it was: it has changed meanwhile, the reasons are"
                            + " those of version "
                            + now);
        }
        if (subject.version() != null) {
            missing.add("how much each act counts: the list says in which order, not how much");
        }
        return missing;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
