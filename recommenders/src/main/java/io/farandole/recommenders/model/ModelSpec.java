package io.farandole.recommenders.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which model, with which parameters. Its text, such as {@code ease:lambda=200}, is a family's name
 * and the parameters that are not left to their defaults.
 */
public sealed interface ModelSpec {

    /** A family whose scores can be added to those of another. */
    sealed interface Blendable extends ModelSpec {}

    /** A family of weights between items. */
    sealed interface Linear extends Blendable {}

    /**
     * The item-item linear model in closed form (Steck 2019, "Embarrassingly shallow autoencoders
     * for sparse data").
     *
     * @param lambda L2 regularisation, in acts
     * @param support items with fewer positive acts are left out of the matrix and are ranked by
     *     popularity alone: their weights are mostly chance and cost memory by the square
     * @param spread how much more popular items are regularised, as an exponent; 0: all alike
     * @param users an act of somebody with n acts counts n^−users
     * @param tilt above 0, popular items speak louder and are spoken for less, as an exponent
     * @param neighbours 0: all pairs; else each item learns from so many nearest alone
     * @param whole where there are neighbours: so many of the most popular items learn from each
     *     other, all pairs of them
     */
    record Ease(
            double lambda,
            int support,
            double spread,
            double users,
            double tilt,
            int neighbours,
            int whole)
            implements Linear {

        public static final Ease USUAL = new Ease(200, 5);

        public Ease {
            Parameters.check("lambda", lambda, lambda > 0, "above 0");
            Parameters.check("support", support, support >= 1, "1 or more");
            Parameters.check("spread", spread, spread >= 0 && spread <= 2, "from 0 to 2");
            Parameters.check("users", users, users >= 0 && users <= 2, "from 0 to 2");
            Parameters.check("tilt", tilt, tilt >= -1 && tilt <= 1, "from -1 to 1");
            Parameters.check("neighbours", neighbours, neighbours >= 0, "0 or more");
            Parameters.check("whole", whole, whole >= 0, "0 or more");
        }

        /** As published. */
        public Ease(double lambda, int support) {
            this(lambda, support, 0, 0, 0, 0, 0);
        }

        static Ease of(Parameters given) {
            return new Ease(
                    given.number("lambda", USUAL.lambda),
                    given.count("support", USUAL.support),
                    given.number("spread", 0),
                    given.number("users", 0),
                    given.number("tilt", 0),
                    given.count("neighbours", 0),
                    given.count("whole", 0));
        }

        @Override
        public String text() {
            return new Parameters.Text("ease")
                    .always("lambda", lambda)
                    .unlessUsual("support", support, USUAL.support)
                    .unlessUsual("spread", spread, 0)
                    .unlessUsual("users", users, 0)
                    .unlessUsual("tilt", tilt, 0)
                    .unlessUsual("neighbours", neighbours, 0)
                    .unlessUsual("whole", whole, 0)
                    .toString();
        }
    }

    /**
     * Neighbours by cosine, an item's score being the sum of its likenesses to the history's items
     * that are among its nearest.
     *
     * @param neighbours how many nearest are kept of each item
     * @param shrink added to the denominator, in acts, so that few common users count for less
     */
    record ItemKnn(int neighbours, double shrink) implements Linear {

        public static final ItemKnn USUAL = new ItemKnn(100, 10);

        public ItemKnn {
            Parameters.check("neighbours", neighbours, neighbours >= 1, "1 or more");
            Parameters.check("shrink", shrink, shrink >= 0, "0 or more");
        }

        static ItemKnn of(Parameters given) {
            return new ItemKnn(
                    given.count("neighbours", USUAL.neighbours),
                    given.number("shrink", USUAL.shrink));
        }

        @Override
        public String text() {
            return "item-knn:neighbours=" + neighbours + ",shrink=" + Parameters.text(shrink);
        }
    }

    /**
     * Walks of three steps (Paudel et al. 2017: RP3beta).
     *
     * @param alpha exponent of the transition probabilities
     * @param beta exponent of the popularity by which scores are divided
     * @param neighbours how many are kept of each item
     */
    record Rp3Beta(double alpha, double beta, int neighbours) implements Linear {

        public static final Rp3Beta USUAL = new Rp3Beta(0.8, 0.4, 200);

        public Rp3Beta {
            Parameters.check("alpha", alpha, alpha >= 0 && alpha <= 2, "from 0 to 2");
            Parameters.check("beta", beta, beta >= 0 && beta <= 2, "from 0 to 2");
            Parameters.check("neighbours", neighbours, neighbours >= 1, "1 or more");
        }

        static Rp3Beta of(Parameters given) {
            return new Rp3Beta(
                    given.number("alpha", USUAL.alpha),
                    given.number("beta", USUAL.beta),
                    given.count("neighbours", USUAL.neighbours));
        }

        @Override
        public String text() {
            return new Parameters.Text("rp3beta")
                    .always("alpha", alpha)
                    .always("beta", beta)
                    .unlessUsual("neighbours", neighbours, USUAL.neighbours)
                    .toString();
        }
    }

    /**
     * A graph filter in closed form (Shen et al. 2021: GF-CF, which is users=1, items=0.5, low=0.3;
     * Choi et al. 2023: BSPM, which is that and sharpen=2.5).
     *
     * @param low weight of the low-pass part beside common users; 0: without it
     * @param rank singular vectors of the low-pass part
     * @param users an act of somebody with n acts counts n^−users
     * @param items exponent of the items' popularity in the normalisation
     * @param sharpen for how long what everybody does is weakened again; 0: not at all
     */
    record Graph(double low, int rank, double users, double items, double sharpen)
            implements Linear {

        public static final Graph USUAL = new Graph(0.3, 256, 1, 0.5);

        public Graph {
            Parameters.check("low", low, low >= 0, "0 or more");
            Parameters.check("rank", rank, rank >= 1, "1 or more");
            Parameters.check("users", users, users >= 0 && users <= 2, "from 0 to 2");
            Parameters.check("items", items, items >= 0 && items <= 1, "from 0 to 1");
            Parameters.check("sharpen", sharpen, sharpen >= 0 && sharpen <= 4, "from 0 to 4");
        }

        /** Without sharpening. */
        public Graph(double low, int rank, double users, double items) {
            this(low, rank, users, items, 0);
        }

        /** Whether it needs eigenvectors. */
        public boolean isSpectral() {
            return low > 0 || sharpen > 0;
        }

        static Graph of(Parameters given) {
            return new Graph(
                    given.number("low", USUAL.low),
                    given.count("rank", USUAL.rank),
                    given.number("users", USUAL.users),
                    given.number("items", USUAL.items),
                    given.number("sharpen", 0));
        }

        @Override
        public String text() {
            return new Parameters.Text("graph")
                    .always("low", low)
                    .unlessUsual("rank", rank, USUAL.rank)
                    .unlessUsual("users", users, USUAL.users)
                    .unlessUsual("items", items, USUAL.items)
                    .unlessUsual("sharpen", sharpen, 0)
                    .toString();
        }
    }

    /**
     * A polynomial filter of the graph of items without any decomposition (Park et al. 2024:
     * Turbo-CF).
     *
     * @param power of each pair's common users, once they are normalised: below 1 what is strong
     *     counts for less
     * @param order of the polynomial: 1, 2 or 3
     * @param users an act of somebody with n acts counts n^−users
     * @param items exponent of the items' popularity in the normalisation
     */
    record Turbo(double power, int order, double users, double items) implements Linear {

        public static final Turbo USUAL = new Turbo(0.7, 1, 1, 0.5);

        public Turbo {
            Parameters.check("power", power, power > 0 && power <= 4, "above 0, up to 4");
            Parameters.check("order", order, order >= 1 && order <= 3, "from 1 to 3");
            Parameters.check("users", users, users >= 0 && users <= 2, "from 0 to 2");
            Parameters.check("items", items, items >= 0 && items <= 1, "from 0 to 1");
        }

        static Turbo of(Parameters given) {
            return new Turbo(
                    given.number("power", USUAL.power),
                    given.count("order", USUAL.order),
                    given.number("users", USUAL.users),
                    given.number("items", USUAL.items));
        }

        @Override
        public String text() {
            return new Parameters.Text("turbo")
                    .always("power", power)
                    .unlessUsual("order", order, USUAL.order)
                    .unlessUsual("users", users, USUAL.users)
                    .unlessUsual("items", items, USUAL.items)
                    .toString();
        }
    }

    /**
     * What is alike in content: the cosine of what is known of items.
     *
     * @param neighbours how many nearest are kept of each item
     */
    record Content(int neighbours) implements Linear {

        public static final Content USUAL = new Content(200);

        public Content {
            Parameters.check("neighbours", neighbours, neighbours >= 1, "1 or more");
        }

        static Content of(Parameters given) {
            return new Content(given.count("neighbours", USUAL.neighbours));
        }

        @Override
        public String text() {
            return "content:neighbours=" + neighbours;
        }
    }

    /**
     * What users turned to next.
     *
     * @param window how many steps later at most
     * @param items exponent of the items' popularity in the normalisation
     */
    record Transitions(int window, double items) implements Linear {

        public static final Transitions USUAL = new Transitions(5, 0.5);

        public Transitions {
            Parameters.check("window", window, window >= 1, "1 or more");
            Parameters.check("items", items, items >= 0 && items <= 1, "from 0 to 1");
        }

        static Transitions of(Parameters given) {
            return new Transitions(
                    given.count("window", USUAL.window), given.number("items", USUAL.items));
        }

        @Override
        public String text() {
            return new Parameters.Text("transitions")
                    .always("window", window)
                    .unlessUsual("items", items, USUAL.items)
                    .toString();
        }
    }

    /**
     * The number of positive acts, an act counting half after each half-life before the latest act
     * of all.
     *
     * @param halfLife null where all acts count alike
     */
    record Popularity(@Nullable Duration halfLife) implements ModelSpec {

        public static final Popularity USUAL = new Popularity(Duration.ofDays(730));

        public static final Popularity UNDECAYED = new Popularity(null);

        public Popularity {
            if (halfLife != null && !halfLife.isPositive()) {
                throw new IllegalArgumentException("half-life " + halfLife + " is not above 0");
            }
        }

        static Popularity of(Parameters given) {
            return new Popularity(given.duration("half-life", USUAL.halfLife));
        }

        @Override
        public String text() {
            return "popularity:half-life=" + Parameters.text(halfLife);
        }
    }

    /**
     * Implicit ALS (Hu et al. 2008), regularised by frequency (Rendle et al. 2022).
     *
     * @param rank factors of each item
     * @param lambda L2 regularisation, for each act
     * @param alpha how much what was not met counts, where what was met counts 1
     * @param iterations over users and items
     */
    record Ials(int rank, double lambda, double alpha, int iterations) implements Blendable {

        /** As published for ML-20M, save the rank, which there is up to 2048. */
        public static final Ials USUAL = new Ials(128, 0.003, 0.1, 16);

        public Ials {
            Parameters.check("rank", rank, rank >= 1 && rank <= 2048, "from 1 to 2048");
            Parameters.check("lambda", lambda, lambda > 0, "above 0");
            Parameters.check("alpha", alpha, alpha > 0, "above 0");
            Parameters.check("iterations", iterations, iterations >= 1, "1 or more");
        }

        static Ials of(Parameters given) {
            return new Ials(
                    given.count("rank", USUAL.rank),
                    given.number("lambda", USUAL.lambda),
                    given.number("alpha", USUAL.alpha),
                    given.count("iterations", USUAL.iterations));
        }

        @Override
        public String text() {
            return new Parameters.Text("ials")
                    .always("rank", rank)
                    .always("lambda", lambda)
                    .always("alpha", alpha)
                    .unlessUsual("iterations", iterations, USUAL.iterations)
                    .toString();
        }
    }

    /**
     * Models added up, each scaled so that its scores of one user have a deviation of 1. Text:
     * {@code blend:met=1,recency=8 + 0.6*ease:lambda=200 + 0.4*graph:low=0.3}.
     *
     * @param counting how much past items count, in the training and when a list is made
     */
    record Blend(Counting counting, List<Share> shares) implements ModelSpec {

        /** One of the models. */
        public record Share(double weight, Blendable spec) {
            public Share {
                Parameters.check("weight", weight, weight > 0, "above 0");
            }
        }

        public Blend {
            shares = List.copyOf(shares);
            if (shares.isEmpty()) {
                throw new IllegalArgumentException("a blend of nothing");
            }
            if (shares.stream().filter(share -> share.spec instanceof Ials).count() > 1) {
                throw new IllegalArgumentException("a blend of ials and ials: one is enough");
            }
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder(counting.text());
            for (Share share : shares) {
                text.append(" + ")
                        .append(Parameters.text(share.weight))
                        .append('*')
                        .append(share.spec.text());
            }
            return text.toString();
        }
    }

    /** The best on a validation split of what there is to learn from. */
    record Auto() implements ModelSpec {

        @Override
        public String text() {
            return "auto";
        }
    }

    /** In the one form that {@link #parse} gives back unchanged. */
    String text();

    /** How much past items count. */
    default Counting counting() {
        return Counting.USUAL;
    }

    /**
     * @throws IllegalArgumentException if there is no such family or parameter, or a value is out
     *     of range; the message says what there is
     */
    static ModelSpec parse(String text) {
        return SpecText.parse(text);
    }
}
