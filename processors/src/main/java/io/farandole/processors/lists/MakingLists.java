package io.farandole.processors.lists;

import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.model.Folded;
import io.farandole.recommenders.model.Scored;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.taste.Assortment;
import io.farandole.recommenders.taste.Pick;
import io.farandole.recommenders.taste.Taste;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a user's list from that user's history: by the release's model as far as it goes, then by
 * popularity within taste. A model that never saw the user is as good as for any other: only what
 * the user did counts, folded in.
 */
public final class MakingLists {

    private static final int LENGTH = 100;

    private MakingLists() {}

    /**
     * What was made.
     *
     * @param model the key of the release's model, if any entry is its choice
     */
    public record Made(@Nullable String model, List<UserList.Entry> entries) {}

    public static Made of(History history, Offering offering, Release release) {
        Assortment assortment = offering.assortment();
        List<UserList.Entry> entries = new ArrayList<>(LENGTH);
        TrainedModel trained = release.trained();
        if (trained != null) {
            entries.addAll(byModel(history, assortment, trained));
        }
        boolean isByTaste = entries.isEmpty();
        if (entries.size() < LENGTH) {
            addByTaste(history, assortment, isByTaste, entries);
        }
        return new Made(isByTaste ? null : release.model(), entries);
    }

    private static List<UserList.Entry> byModel(
            History history, Assortment assortment, TrainedModel trained) {
        Map<String, Double> weights = new HashMap<>();
        Set<String> had = new HashSet<>();
        for (Acts.Act act : Acts.of(history)) {
            Double stars = act.stars();
            if (stars != null) {
                weights.put(
                        act.item(),
                        stars < Interaction.POSITIVE_STARS ? Histories.MET : Histories.LIKED);
            }
            if (act.had()) {
                had.add(act.item());
            }
        }
        Folded folded = trained.fold(weights);
        if (folded.known() == 0) {
            // Nothing that the model has learnt from: taste knows at least the kinds.
            return List.of();
        }
        List<UserList.Entry> entries = new ArrayList<>(LENGTH);
        List<Scored> best =
                folded.best(LENGTH, item -> assortment.has(item) && !had.contains(item));
        for (Scored scored : best) {
            entries.add(
                    new UserList.Entry(
                            scored.item(),
                            (float) scored.score(),
                            new UserList.Why(
                                    scored.because().stream()
                                            .map(Scored.Contribution::item)
                                            .toList(),
                                    List.of(),
                                    assortment.popularityRankOf(scored.item()))));
        }
        return entries;
    }

    // Behind what the model has chosen, in the order of taste: their scores are of another kind,
    // so after a model's they count nothing.
    private static void addByTaste(
            History history, Assortment assortment, boolean scored, List<UserList.Entry> entries) {
        Set<String> chosen = new HashSet<>();
        entries.forEach(entry -> chosen.add(entry.item()));
        Taste taste = Liking.of(history, assortment);
        for (Pick pick : assortment.best(taste, LENGTH)) {
            if (entries.size() < LENGTH && !chosen.contains(pick.item())) {
                entries.add(UserList.Entry.of(pick, scored ? (float) pick.score() : 0));
            }
        }
    }
}
