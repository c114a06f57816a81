package io.farandole.local.inspecting;

import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.refreshing.RefreshingLists;

/** Asks, from another process, for every list to be computed anew. */
public final class Refreshing {

    private Refreshing() {}

    /** Returns how many lists were asked for, when the broker has acknowledged all requests. */
    public static int all(RunningInstance running, Tables tables) {
        return new RefreshingLists(tables.client(), Publishing.on(running)).refreshAll();
    }
}
