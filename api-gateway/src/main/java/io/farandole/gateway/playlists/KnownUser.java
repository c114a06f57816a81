package io.farandole.gateway.playlists;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.farandole.events.UserId;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Purse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules and lists go by, of a user: no more than that. The age in years, not the birth date;
 * how many items, not which.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What of a user rules and lists go by, as of now.")
record KnownUser(
        @Schema(example = "42") String user,
        @Schema(description = "In years, today; absent when no birth date is known.")
                @Nullable Integer age,
        CreditCents creditCents,
        @Schema(description = "The categories that were named at the start.")
                List<String> onboarding,
        @Schema(description = "With how many items the user has had to do.") int items,
        @Schema(description = "How many of them are rated or booked, and so not shown any more.")
                int itemsHad,
        @Schema(description = "Absent when there is none.") @Nullable ListFacts list) {

    /** What can be spent, in cents. */
    @Schema(description = "What can be spent now, in cents: in all, and on either kind.")
    record CreditCents(long all, long digital, long physical) {

        static CreditCents of(Purse purse) {
            return new CreditCents(
                    purse.all(), capped(purse, purse.digital()), capped(purse, purse.physical()));
        }

        private static long capped(Purse purse, long kind) {
            return Math.max(0, Math.min(purse.all(), kind));
        }
    }

    /** The user's own list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "The user's own list, in the release that is served.")
    record ListFacts(String release, @Nullable String model, int version, int items) {}

    static KnownUser of(UserId user, Known known, Asking asking) {
        Known.OwnList list = known.list();
        return new KnownUser(
                user.value(),
                age(asking),
                CreditCents.of(asking.person().purse()),
                known.onboarding(),
                known.past().items(),
                asking.person().hadItems().size(),
                list == null
                        ? null
                        : new ListFacts(
                                list.release(), list.model(), list.version(), list.items().size()));
    }

    private static @Nullable Integer age(Asking asking) {
        LocalDate born = asking.person().birthDate();
        LocalDate today = asking.now().atZone(asking.zone()).toLocalDate();
        return born == null || born.isAfter(today) ? null : Period.between(born, today).getYears();
    }
}
