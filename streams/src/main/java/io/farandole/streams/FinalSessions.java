package io.farandole.streams;

/** A session store of which results are final, as {@link FinalResults} are of windows. */
public final class FinalSessions<V extends Session> {

    private final SessionStore<V> sessions;
    private final Timer timer;

    /** Says what a closed session holds; may remove its row. */
    @FunctionalInterface
    public interface Closing<V extends Session> {
        void close(String key, V session, Row<V> row, Context context);
    }

    FinalSessions(SessionStore<V> sessions, String name, Closing<V> closing) {
        this.sessions = sessions;
        this.timer =
                Timer.inEventTime(
                        name,
                        // The guard too: who adds to a session has read the watermark under it.
                        (firing, touched) ->
                                touched.update(sessions.guard(SessionStore.keyOf(firing.key())))
                                        .update(sessions.store().at(firing.key())),
                        (firing, context) -> {
                            Row<V> row = sessions.store().at(firing.key());
                            V session = context.get(row);
                            if (session != null) {
                                closing.close(
                                        SessionStore.keyOf(firing.key()), session, row, context);
                            }
                        });
    }

    /** To be described beside the store. */
    public Timer timer() {
        return timer;
    }

    /** As {@link SessionStore#update}. */
    public Outcome update(Context context, String key, V alone) {
        return sessions.update(context, key, alone, timer);
    }
}
