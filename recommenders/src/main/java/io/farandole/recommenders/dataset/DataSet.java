package io.farandole.recommenders.dataset;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Interactions, split both ways, with the fingerprint that names them.
 *
 * @param perUser each user's last fifth held out
 * @param global the last fifth of all in time held out, for users who were there before
 * @param facts what is known of items, also of those that nobody met
 */
public record DataSet(Summary summary, Split perUser, Split global, ItemFacts facts) {

    /**
     * What {@code dataset.json} tells.
     *
     * @param fingerprint of all interactions and facts
     * @param cut when the first interaction after the global cut was made; null if there is none
     */
    public record Summary(
            String fingerprint,
            int users,
            int items,
            int interactions,
            int trainInteractions,
            int testInteractions,
            int testUsers,
            @Nullable Instant cut,
            int globalTrainInteractions,
            int globalTestInteractions,
            int globalTestUsers) {}

    /** Splits them; nothing is known of items. */
    public static DataSet of(Collection<Interaction> interactions) {
        return of(interactions, ItemFacts.NONE);
    }

    /** Splits them. */
    public static DataSet of(Collection<Interaction> interactions, ItemFacts facts) {
        Split perUser = Splitting.perUser(interactions);
        Split global = Splitting.global(interactions);
        return new DataSet(
                new Summary(
                        Fingerprint.of(interactions, facts),
                        distinct(interactions.stream(), Interaction::user),
                        distinct(interactions.stream(), Interaction::item),
                        interactions.size(),
                        perUser.train().size(),
                        perUser.test().size(),
                        distinct(perUser.test().stream(), Interaction::user),
                        Splitting.cut(interactions).orElse(null),
                        global.train().size(),
                        global.test().size(),
                        distinct(global.test().stream(), Interaction::user)),
                perUser,
                global,
                facts);
    }

    private static int distinct(
            Stream<Interaction> interactions, Function<Interaction, String> id) {
        return (int) interactions.map(id).distinct().count();
    }
}
