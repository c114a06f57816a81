package io.farandole.streams.batch;

import io.farandole.events.Envelope;
import io.farandole.events.Message;
import io.farandole.streams.Emission;
import io.farandole.streams.Entrusted;
import io.farandole.streams.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a batch may say: the active generation everything, the others nothing; save for the events
 * that one generation had heard and the other had not when they were switched.
 */
final class Speech {

    private static final String OWED =
            """
            delete from streams.owed where generation = ? and event_id = any (?::uuid[])
            returning event_id, says
            """;

    private final Connection connection;
    private final PhaseLock phase;
    private final Map<String, Boolean> overruled = new HashMap<>();

    Speech(Connection connection, PhaseLock phase) {
        this.connection = connection;
        this.phase = phase;
    }

    /** Looks up, and forgets, what overrules the phase for those that are applied now. */
    void settle(Generation generation, List<? extends Message<?>> messages, List<Outcome> outcomes)
            throws SQLException {
        if (!phase.isOwing()) {
            return;
        }
        List<UUID> applied = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Applied) {
                applied.add(UUID.fromString(messages.get(i).envelope().id()));
            }
        }
        if (!applied.isEmpty()) {
            new RoundTrip()
                    .read(
                            rows -> overruled.put(rows.getString(1), rows.getBoolean(2)),
                            OWED,
                            generation.id(),
                            applied.toArray(UUID[]::new))
                    .send(connection);
        }
    }

    List<Emission> emissions(List<Emission> all) {
        return all.stream().filter(one -> says(one.input())).toList();
    }

    List<Entrusted> entrusted(List<Entrusted> all) {
        return all.stream().filter(one -> says(one.input().envelope())).toList();
    }

    private boolean says(Envelope input) {
        return overruled.getOrDefault(input.id(), phase.says());
    }
}
