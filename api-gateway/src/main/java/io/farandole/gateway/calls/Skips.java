package io.farandole.gateway.calls;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the answer to one call has to do without; filled by its stages, on whatever thread. */
public final class Skips {

    private final Queue<Skipped> skipped = new ConcurrentLinkedQueue<>();

    public void add(Skipped one) {
        skipped.add(one);
    }

    /** In the order in which they were noticed; none, if all went well. */
    public List<Skipped> all() {
        return List.copyOf(skipped);
    }
}
