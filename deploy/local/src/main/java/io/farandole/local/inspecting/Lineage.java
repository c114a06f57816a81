package io.farandole.local.inspecting;

import io.farandole.events.TrainingEvent.DatasetReady;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's lists come from, back to the events.
 *
 * @param lists users who had a list in the release when it was published; 0 of a candidate
 * @param dataset where the data set is, by its fingerprint
 * @param events of the topic activity that it was made from; of old ones not known
 * @param from when the first of them happened
 * @param to when the last of them happened
 * @param archivedTo the archive's position of the last row that was there
 */
public record Lineage(
        int lists,
        @Nullable String release,
        String model,
        String run,
        @Nullable String dataset,
        @Nullable Integer events,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String archivedTo) {

    static Lineage of(ModelLine line, int lists, @Nullable DatasetReady ready) {
        return new Lineage(
                lists,
                line.release(),
                line.model(),
                line.run(),
                ready == null ? line.dataset() : ready.fingerprint(),
                ready == null ? null : ready.events(),
                ready == null ? null : ready.from(),
                ready == null ? null : ready.to(),
                ready == null ? null : ready.archivedTo());
    }

    /** A line a link, from what is served to what happened. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (release != null) {
            lines.add(String.format(Locale.ROOT, "lists      of %,d users, in", lists));
            lines.add("release    " + release + ", of");
        }
        lines.add("model      " + model + ", trained by");
        lines.add("run        " + run + ", on");
        lines.add(
                "data set   " + (dataset == null ? "that is not known" : dataset + ", made from"));
        if (dataset != null) {
            lines.add("events     " + range());
        }
        return lines;
    }

    private String range() {
        if (events == null || from == null || to == null) {
            return "of which no range was recorded";
        }
        return String.format(
                Locale.ROOT,
                "%,d of activity, that happened from %s to %s, in the archive up to position %s",
                events,
                RunLedger.time(from),
                RunLedger.time(to),
                archivedTo);
    }
}
