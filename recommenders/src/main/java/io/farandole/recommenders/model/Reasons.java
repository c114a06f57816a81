package io.farandole.recommenders.model;

import io.farandole.recommenders.model.Scored.Contribution;
import java.util.ArrayList;
import java.util.List;

/** What each past item added to the scores of the few that are shown. */
final class Reasons {

    private static final int MOST = 3;

    private final float[] parts;
    private final int pastCount;

    Reasons(int itemCount, int pastCount) {
        this.parts = new float[itemCount * pastCount];
        this.pastCount = pastCount;
    }

    void add(int place, int past, float part) {
        parts[place * pastCount + past] += part;
    }

    /** Those above 0, the strongest first; of equals the one with the smaller number is first. */
    List<Contribution> strongest(int place, int[] past, String[] ids) {
        Best best = new Best(Math.min(MOST, pastCount));
        for (int i = 0; i < pastCount; i++) {
            float part = parts[place * pastCount + i];
            if (part > 0) {
                best.offer(past[i], part);
            }
        }
        List<Contribution> strongest = new ArrayList<>(best.size());
        best.forEachBestFirst((item, part) -> strongest.add(new Contribution(ids[item], part)));
        return strongest;
    }
}
