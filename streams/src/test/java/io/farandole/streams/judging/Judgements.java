package io.farandole.streams.judging;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What several judges say of one run: one that complains does not keep the others from looking. */
public final class Judgements {

    private final Map<Judge, AssertionError> complaints = new EnumMap<>(Judge.class);

    /** Fails with an {@link AssertionError} where something is wrong. */
    @FunctionalInterface
    public interface Looking {
        void look();
    }

    /** Has it look at one thing more; its first complaint stays. */
    public void ask(Judge judge, Looking looking) {
        try {
            looking.look();
        } catch (AssertionError complaint) {
            complaints.putIfAbsent(judge, complaint);
        }
    }

    public Set<Judge> complaining() {
        Set<Judge> all = EnumSet.noneOf(Judge.class);
        all.addAll(complaints.keySet());
        return all;
    }

    /**
     * @param run what to say of it: its seed, for instance
     * @throws AssertionError with all complaints, if there are any
     */
    public void areSatisfied(String run) {
        if (!complaints.isEmpty()) {
            String all =
                    complaints.entrySet().stream()
                            .map(one -> one.getKey() + ": " + one.getValue().getMessage())
                            .collect(Collectors.joining("\n", run + "\n", ""));
            AssertionError together = new AssertionError(all);
            complaints.values().forEach(together::addSuppressed);
            throw together;
        }
    }
}
