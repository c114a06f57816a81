package io.farandole.gateway.scenarios;

import io.farandole.gateway.offers.OfferFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done to a playlist for one place in an app. Nothing of it lifts a rule that protects
 * whoever asks: what they may not be shown is neither pinned nor tried.
 *
 * @param include nothing else is shown; everything, if it selects nothing
 * @param exclude is not shown
 * @param boost is shown earlier, or later
 * @param pin is shown in its place
 * @param explore what is new is tried now and then
 */
public record Scenario(
        @DefaultValue Selection include,
        @DefaultValue Selection exclude,
        @DefaultValue List<Boost> boost,
        @DefaultValue List<Pin> pin,
        @DefaultValue Exploration explore) {

    /** No rules at all. */
    public static final Scenario NONE =
            new Scenario(
                    Selection.NOTHING,
                    Selection.NOTHING,
                    List.of(),
                    List.of(),
                    new Exploration(0, Exploration.USUAL));

    public Scenario {
        boost = List.copyOf(boost);
        pin = List.copyOf(pin);
    }

    /**
     * @param by with 2, what is in the twentieth place counts as if it were in the tenth; below 1
     *     it is shown later
     */
    public record Boost(@DefaultValue Selection of, double by) {}

    /**
     * @param position from 1, over all pages
     */
    public record Pin(@DefaultValue("") String item, int position) {}

    /**
     * @param share of the places that are not pinned; none by default, for whoever runs the app
     *     knows what a trial costs there
     * @param newFor how long since they were listed items are new
     */
    public record Exploration(
            @DefaultValue("0") double share, @DefaultValue("14d") Duration newFor) {

        static final Duration USUAL = Duration.ofDays(14);
    }

    /** Whether it may be shown here. */
    public boolean admits(OfferFacts offer) {
        return (include.isEmpty() || include.has(offer)) && !exclude.has(offer);
    }

    /** The same offers, those that are boosted where their boosts put them; the best come first. */
    public List<OfferFacts> boosted(List<OfferFacts> offers) {
        record Ranked(OfferFacts offer, double place) {}
        List<Ranked> ranked = new ArrayList<>(offers.size());
        for (OfferFacts offer : offers) {
            ranked.add(new Ranked(offer, (ranked.size() + 1) / factor(offer)));
        }
        ranked.sort(Comparator.comparingDouble(Ranked::place));
        return ranked.stream().map(Ranked::offer).toList();
    }

    /** By how much an offer is boosted: all that select it, together. */
    public double factor(OfferFacts offer) {
        double factor = 1;
        for (Boost one : boost) {
            factor *= one.of().has(offer) ? one.by() : 1;
        }
        return factor;
    }

    /** The kinds of rules that it has, by name. */
    public List<String> rules() {
        List<String> rules = new ArrayList<>();
        if (!include.isEmpty()) {
            rules.add("include");
        }
        if (!exclude.isEmpty()) {
            rules.add("exclude");
        }
        if (!boost.isEmpty()) {
            rules.add("boost");
        }
        if (!pin.isEmpty()) {
            rules.add("pin");
        }
        if (explore.share() > 0) {
            rules.add("explore");
        }
        return List.copyOf(rules);
    }
}
