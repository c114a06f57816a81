package io.farandole.orchestrator.verifying;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was told of each user, in the order in which it happened, less what was told until the user
 * asked to be forgotten: the rows of the profile and of personalisation are computed from that.
 */
final class RecomputingUsers {

    static final String PROFILE = "profile";
    static final String PERSONALISATION = "personalisation";

    private final Map<String, List<Act>> byUser = new HashMap<>();
    private final ExpectedRows expected;
    private final Set<String> remembered = new HashSet<>();

    RecomputingUsers(ExpectedRows expected) {
        this.expected = expected;
        expected.compare("profile.users");
        expected.compare("profile.items");
        expected.compare("personalisation.histories", HistoryRows::compared);
    }

    /**
     * A user, as one processor heard of them.
     *
     * @param heard of how many events
     * @param erased the last request to be forgotten
     * @param acts what happened since, in order
     */
    record Life(String user, int heard, @Nullable Telling erased, List<Act> acts) {

        static Life of(String user, List<Act> all, String processor) {
            List<Act> heard =
                    all.stream()
                            .filter(act -> act.isAppliedBy(processor))
                            .sorted(Comparator.comparing(Act::told))
                            .toList();
            int last = -1;
            for (int i = 0; i < heard.size(); i++) {
                last = heard.get(i).is("erased") ? i : last;
            }
            return new Life(
                    user,
                    heard.size(),
                    last < 0 ? null : heard.get(last).told(),
                    heard.subList(last + 1, heard.size()));
        }
    }

    void accept(JournaledEvent event) {
        byUser.computeIfAbsent(event.text("user"), _ -> new ArrayList<>()).add(Act.of(event));
    }

    void finish() {
        byUser.forEach(
                (user, acts) -> {
                    profile(Life.of(user, acts, PROFILE));
                    personalisation(Life.of(user, acts, PERSONALISATION));
                });
    }

    private void profile(Life life) {
        if (life.erased() != null || life.acts().stream().anyMatch(act -> !act.isWithItem())) {
            expected.row("profile.users", life.user(), () -> ProfileRows.user(life));
        }
        String prefix = life.user().replace("%", "%25").replace("|", "%7C") + "|";
        Map<String, List<Act>> items = new HashMap<>();
        for (Act act : life.acts()) {
            if (act.isWithItem()) {
                items.computeIfAbsent(act.item(), _ -> new ArrayList<>(1)).add(act);
            }
        }
        items.forEach(
                (item, acts) ->
                        expected.row(
                                "profile.items",
                                prefix + item,
                                () -> ProfileRows.had(life.user(), item, acts)));
    }

    private void personalisation(Life life) {
        if (life.heard() == 0) {
            return;
        }
        expected.row("personalisation.histories", life.user(), () -> HistoryRows.history(life));
        boolean isRemembered =
                life.acts().stream()
                        .anyMatch(
                                act ->
                                        act.isWithItem()
                                                || act.is("registered")
                                                || act.is("onboardingAnswered"));
        if (isRemembered || life.erased() == null) {
            remembered.add(life.user());
        }
    }

    /** Users who are not forgotten: each has a list. */
    Set<String> remembered() {
        return remembered;
    }
}
