package io.farandole.gateway.oracle;

import io.farandole.gateway.oracle.World.Grant;
import io.farandole.gateway.oracle.World.Had;
import io.farandole.gateway.oracle.World.Offer;
import io.farandole.gateway.oracle.World.User;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says why an offer may not be shown, by what was told of it and of whoever asks. */
record Oracle(World world) {

    /** In cents, as the gateway is set up. */
    static final int OF_STRANGERS = 30_000;

    static final int DIGITAL_CAP = 10_000;
    static final int PHYSICAL_CAP = 40_000;

    /** All that may speak against an offer. */
    static final Set<String> REASONS =
            Set.of(
                    "withdrawn",
                    "not approved",
                    "out of stock",
                    "begun",
                    "no longer bookable",
                    "too young",
                    "age not known",
                    "too dear",
                    "over the cap for digital offers",
                    "over the cap for physical offers",
                    "booked",
                    "rated",
                    "below the price",
                    "above the price",
                    "another category",
                    "another subcategory",
                    "another search group",
                    "too early",
                    "too late",
                    "digital or not",
                    "for two or not",
                    "too far",
                    "outside of the zone",
                    "not of the scenario");

    /** None if it may be shown. */
    List<String> against(Offer offer, @Nullable User user, Asked asked) {
        List<String> why = new ArrayList<>();
        add(why, "withdrawn", offer.withdrawn());
        add(why, "not approved", !offer.approved());
        add(why, "out of stock", Integer.valueOf(0).equals(offer.stock()));
        add(why, "begun", offer.startsIn() != null && offer.startsIn() < 0);
        add(why, "no longer bookable", offer.bookableFor() != null && offer.bookableFor() < 0);
        Integer age = offer.minimumAge();
        if (age != null) {
            LocalDate born = user == null ? null : user.born();
            add(why, "age not known", born == null);
            // On the birthday itself one is old enough.
            add(why, "too young", born != null && born.plusYears(age).isAfter(world.today()));
        }
        if (offer.cents() > 0) {
            add(why, "too dear", offer.cents() > credit(user));
            long cap = left(user, offer.digital());
            add(
                    why,
                    "over the cap for " + (offer.digital() ? "digital" : "physical") + " offers",
                    offer.cents() > cap);
        }
        for (Had had : user == null ? List.<Had>of() : user.had()) {
            if (had.item().equals(offer.item())) {
                add(why, "booked", counts(had));
                add(why, "rated", had.stars() != null);
            }
        }
        asked.against(offer).forEach(why::add);
        return why;
    }

    boolean may(Offer offer, @Nullable User user, Asked asked) {
        return against(offer, user, asked).isEmpty();
    }

    /** Of whom nothing at all is known has what strangers have. */
    private long credit(@Nullable User user) {
        if (isStranger(user)) {
            return OF_STRANGERS;
        }
        List<Grant> grants = user == null ? null : user.grants();
        long left = 0;
        for (Grant grant : grants == null ? List.<Grant>of() : grants) {
            left += grant.ended() ? 0 : grant.cents();
        }
        return Math.max(0, left - spentOfLive(grants));
    }

    // What is spent is taken from the grant that ends first. Here those that are over by now end
    // before all others, which end at the same time; each is spent when those before it are there.
    private static long spentOfLive(@Nullable List<Grant> grants) {
        long[] over = {0};
        long live = 0;
        for (Grant grant : grants == null ? List.<Grant>of() : grants) {
            over[0] += grant.ended() ? grant.cents() : 0;
            long ofOver = Math.min(over[0], grant.spent());
            over[0] -= ofOver;
            live += grant.spent() - ofOver;
        }
        return live;
    }

    private long left(@Nullable User user, boolean digital) {
        if (isStranger(user) || user == null) {
            return OF_STRANGERS;
        }
        long spent = 0;
        for (Had had : user.had()) {
            Predicate<Offer> ofThisKind =
                    offer -> offer.item().equals(had.item()) && offer.digital() == digital;
            if (counts(had) && world.offers().stream().anyMatch(ofThisKind)) {
                spent += had.cents();
            }
        }
        return (digital ? DIGITAL_CAP : PHYSICAL_CAP) - spent;
    }

    private boolean isStranger(@Nullable User user) {
        return user == null
                || (user.grants() == null
                        && user.had().isEmpty()
                        && !world.lists().containsKey(user.id()));
    }

    private static boolean counts(Had had) {
        return had.state() != null && !had.state().equals("CANCELLED");
    }

    private static void add(List<String> why, String reason, boolean speaksAgainst) {
        if (speaksAgainst) {
            why.add(reason);
        }
    }
}
