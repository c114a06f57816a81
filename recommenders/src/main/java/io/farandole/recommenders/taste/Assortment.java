package io.farandole.recommenders.taste;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * All items that can be recommended, ranked by popularity and ready for picking; immutable.
 *
 * <p>The score of item <i>i</i> for a user is how popular it is, times how much more often than the
 * catalogue leads to expect this user likes its categories,
 *
 * <pre>
 *   score(i)      = popularity(i) · exp(affinity(i))
 *   popularity(i) = (s(i) + λ) / (max s + λ)              between 0 and 1
 *   affinity(i)   = mean of a(c) over the categories c of i, 0 if it has none    in nats
 *   a(c)          = ln p(c) − ω · ln n(c)                 in nats
 *   p(c)          = (P(c) + κ) / (P · b(c) + κ)           acts for, by those expected
 *   n(c)          = (N(c) + κ) / (N · b(c) + κ)           acts against, by those expected
 *   b(c)          = (S(c) + 1) / (S + 2)                  a rate between 0 and 1
 * </pre>
 *
 * where, counted in acts, <i>s(i)</i> is the item's decayed number of positive acts by anybody,
 * <i>S</i> their sum over all items and <i>S(c)</i> over those of category <i>c</i>; <i>P</i> is
 * the number of the user's acts for items, <i>P(c)</i> for items of the category, <i>N</i> and
 * <i>N(c)</i> likewise against. Observed over expected counts are shrunk towards 1 by <i>κ</i> = 5
 * acts on both sides, the mean of a gamma-Poisson posterior (DuMouchel 1999, "Bayesian data mining
 * in large frequency tables"): a category that is rare in the catalogue needs as many acts as any
 * other before it counts. <i>ω</i> = ¼: who rates a kind often knows it, also when he grumbles.
 * Without acts every affinity is 0, and popularity alone decides. <i>λ</i> = ½ act keeps new items
 * from being worth nothing. Categories of one item overlap (what is for children is often
 * animated), so their affinities are averaged, not added.
 */
public final class Assortment {

    private static final double PRIOR_ACTS = 5;
    private static final double PRIOR_POPULARITY = 0.5;
    private static final double WEIGHT_OF_DISLIKES = 0.25;
    private static final int MOST_REASONS = 3;

    private static final Comparator<KnownItem> BY_POPULARITY =
            Comparator.comparingDouble(KnownItem::popularity)
                    .reversed()
                    .thenComparing(KnownItem::id);

    private final String[] ids;
    private final double[] acts;
    private final double[] popularity;
    private final double most;
    private final int[] combinationOf;
    private final int[][] combinations;
    private final String[] categories;
    private final double[] baseRates;
    private final Map<String, Integer> ranks;
    private final Map<String, Integer> categoryIndices;

    private Assortment(List<KnownItem> ranked) {
        int size = ranked.size();
        categories =
                ranked.stream()
                        .map(KnownItem::categories)
                        .distinct()
                        .flatMap(List::stream)
                        .collect(TreeSet<String>::new, TreeSet::add, TreeSet::addAll)
                        .toArray(String[]::new);
        categoryIndices = HashMap.newHashMap(categories.length);
        for (int i = 0; i < categories.length; i++) {
            categoryIndices.put(categories[i], i);
        }
        ids = new String[size];
        acts = new double[size];
        popularity = new double[size];
        combinationOf = new int[size];
        ranks = HashMap.newHashMap(size);
        Map<List<String>, Integer> seen = new LinkedHashMap<>();
        Map<List<String>, Integer> spelt = new HashMap<>();
        most = size == 0 ? 0 : ranked.getFirst().popularity();
        for (int rank = 0; rank < size; rank++) {
            KnownItem item = ranked.get(rank);
            ids[rank] = item.id();
            ranks.put(item.id(), rank);
            acts[rank] = item.popularity();
            popularity[rank] = (item.popularity() + PRIOR_POPULARITY) / (most + PRIOR_POPULARITY);
            combinationOf[rank] =
                    spelt.computeIfAbsent(
                            item.categories(),
                            names -> seen.computeIfAbsent(sorted(names), _ -> seen.size()));
        }
        combinations =
                seen.keySet().stream()
                        .map(names -> names.stream().mapToInt(categoryIndices::get).toArray())
                        .toArray(int[][]::new);
        baseRates = baseRates(ranked);
    }

    private static List<String> sorted(List<String> categories) {
        return categories.stream().distinct().sorted().toList();
    }

    /** Ranks these items; of two with one id the more popular is kept. */
    public static Assortment of(Collection<KnownItem> items) {
        Map<String, KnownItem> ranked = new LinkedHashMap<>();
        items.stream().sorted(BY_POPULARITY).forEach(item -> ranked.putIfAbsent(item.id(), item));
        return new Assortment(new ArrayList<>(ranked.values()));
    }

    public int size() {
        return ids.length;
    }

    /** A user of whom nothing is known yet. */
    public Taste taste() {
        return new Taste(this);
    }

    /**
     * The best items that the user has not had, best first; of equals the one with the smaller id
     * is first.
     */
    public List<Pick> best(Taste taste, int length) {
        double[] affinities = affinities(taste);
        double[] factors = factors(affinities);
        double highestFactor = Arrays.stream(factors).max().orElse(1);
        BestFew few = new BestFew(Math.min(length, ids.length), ids);
        for (int rank = 0; rank < ids.length; rank++) {
            // All that follow are less popular, so that none of them can get in any more.
            if (few.refuses(popularity[rank] * highestFactor)) {
                break;
            }
            if (!taste.hasHad(rank)) {
                few.offer(rank, popularity[rank] * factors[combinationOf[rank]]);
            }
        }
        List<Pick> picks = new ArrayList<>(few.size());
        few.forEachBestFirst(
                (rank, score) ->
                        picks.add(
                                new Pick(
                                        ids[rank],
                                        score,
                                        reasons(combinations[combinationOf[rank]], affinities),
                                        rank + 1,
                                        most > 0 ? acts[rank] / most : 0)));
        return picks;
    }

    /** Whether the item can be recommended. */
    public boolean has(String item) {
        return ranks.containsKey(item);
    }

    /** The item's place among all by popularity alone, from 1; 0 if it is unknown. */
    public int popularityRankOf(String item) {
        Integer rank = ranks.get(item);
        return rank == null ? 0 : rank + 1;
    }

    int categoryCount() {
        return categories.length;
    }

    /** The item's place by popularity, from 0; -1 if it is not known. */
    int rankOf(String item) {
        return ranks.getOrDefault(item, -1);
    }

    int categoryIndex(String category) {
        return categoryIndices.getOrDefault(category, -1);
    }

    int[] categoriesOf(int rank) {
        return combinations[combinationOf[rank]];
    }

    // StrictMath, here and below, so that the same events give the same scores on every machine.
    private double[] affinities(Taste taste) {
        double[] affinities = new double[categories.length];
        if (!taste.isUnknown()) {
            for (int c = 0; c < affinities.length; c++) {
                affinities[c] =
                        StrictMath.log(taste.likedLift(c, baseRates[c], PRIOR_ACTS))
                                - WEIGHT_OF_DISLIKES
                                        * StrictMath.log(
                                                taste.dislikedLift(c, baseRates[c], PRIOR_ACTS));
            }
        }
        return affinities;
    }

    // Few items have a combination of categories to themselves, so a user costs one exponential a
    // combination, not one an item.
    private double[] factors(double[] affinities) {
        double[] factors = new double[combinations.length];
        for (int i = 0; i < factors.length; i++) {
            double sum = 0;
            for (int category : combinations[i]) {
                sum += affinities[category];
            }
            factors[i] = sum == 0 ? 1 : StrictMath.exp(sum / combinations[i].length);
        }
        return factors;
    }

    private List<String> reasons(int[] combination, double[] affinities) {
        return Arrays.stream(combination)
                .filter(category -> affinities[category] > 0)
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingDouble(category -> -affinities[category])
                                .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_REASONS)
                .map(category -> categories[category])
                .toList();
    }

    private double[] baseRates(List<KnownItem> ranked) {
        double all = 0;
        double[] rates = new double[categories.length];
        for (int rank = 0; rank < ranked.size(); rank++) {
            double acts = ranked.get(rank).popularity();
            all += acts;
            for (int category : categoriesOf(rank)) {
                rates[category] += acts;
            }
        }
        for (int category = 0; category < rates.length; category++) {
            rates[category] = (rates[category] + 1) / (all + 2);
        }
        return rates;
    }
}
