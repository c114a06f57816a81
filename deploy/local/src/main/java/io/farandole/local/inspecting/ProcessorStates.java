package io.farandole.local.inspecting;

import io.farandole.local.asking.Api;
import io.farandole.local.console.Table;
import io.farandole.local.running.RunningInstance;
import io.farandole.streams.batch.Generation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** How each processor is: its active generation, its subscriptions, what became of its events. */
public record ProcessorStates(List<ProcessorState> all) {

    /**
     * One processor.
     *
     * @param subscriptions what its supervisor says of each, by name
     * @param troubles what does not work, by who says it
     * @param deadLetters that are open: what waits or is parked is not among them
     * @param lag messages of its subscriptions that are not acknowledged, by the broker
     */
    public record ProcessorState(
            String processor,
            int generation,
            Map<String, String> subscriptions,
            Map<String, String> troubles,
            long applied,
            long waiting,
            long deadLetters,
            long lag) {

        public boolean isWell() {
            return troubles.isEmpty()
                    && !subscriptions.isEmpty()
                    && subscriptions.values().stream().allMatch(RUNNING::equals);
        }
    }

    private static final String RUNNING = "RUNNING";
    private static final String STATES =
            """
            select g.processor, g.number, coalesce(sum(l.applied), 0) as applied,
                   coalesce(sum(l.waiting), 0) as waiting,
                   (select count(*) from streams.dead_letter d
                    where d.generation = g.id and d.status = 'OPEN'
                      and d.cause not in ('WAITING', 'PARKED_BEHIND')) as dead_letters
            from streams.generation g left join streams.ledger l on l.generation = g.id
            where g.phase = 'ACTIVE'
            group by g.id, g.processor, g.number
            order by g.processor
            """;

    /** Of all that have an active generation, by name. */
    public static ProcessorStates of(RunningInstance running, Tables tables) {
        Map<String, String> details = details(running);
        Lags lags = Lags.of(running);
        return new ProcessorStates(states(tables.client(), details, lags));
    }

    private static List<ProcessorState> states(
            JdbcClient client, Map<String, String> details, Lags lags) {
        return client.sql(STATES)
                .query(
                        (row, _) -> {
                            String name = row.getString("processor");
                            int number = row.getInt("number");
                            Lags its = lags.of(name, number);
                            return new ProcessorState(
                                    name,
                                    number,
                                    subscriptions(details, its),
                                    troubles(Generation.label(name, number), details),
                                    row.getLong("applied"),
                                    row.getLong("waiting"),
                                    row.getLong("dead_letters"),
                                    its.unacknowledged());
                        })
                .list();
    }

    /** What the processors' health says, by what it is about. */
    private static Map<String, String> details(RunningInstance running) {
        try (Api api = new Api(running.ports())) {
            JsonNode told =
                    api.get(api.health())
                            .body()
                            .path("components")
                            .path("processors")
                            .path("details");
            return told.properties().stream()
                    .collect(
                            Collectors.toMap(
                                    Map.Entry::getKey, detail -> detail.getValue().asString("")));
        }
    }

    private static Map<String, String> subscriptions(Map<String, String> details, Lags lags) {
        Map<String, String> states = new TreeMap<>();
        lags.all()
                .forEach(
                        lag ->
                                states.put(
                                        lag.subscription(),
                                        details.getOrDefault(lag.subscription(), "UNKNOWN")));
        return states;
    }

    // Troubles are named "Worker 3 of activity.profile.g2", "Retrying of profile", "Works of
    // profile".
    private static Map<String, String> troubles(String label, Map<String, String> details) {
        Map<String, String> troubles = new TreeMap<>();
        details.forEach(
                (name, what) -> {
                    boolean ofIt =
                            name.endsWith(" of " + label)
                                    || (name.contains(" ") && name.endsWith("." + label));
                    if (ofIt) {
                        troubles.put(name, what);
                    }
                });
        return troubles;
    }

    public boolean areWell() {
        return all.stream().allMatch(ProcessorState::isWell);
    }

    public Table table() {
        Table table =
                new Table(
                        "processor",
                        "generation",
                        "subscriptions",
                        "applied",
                        "waiting",
                        "dead letters",
                        "lag");
        for (ProcessorState state : all) {
            table.row(
                    state.processor(),
                    state.generation(),
                    words(state.subscriptions()),
                    state.applied(),
                    state.waiting(),
                    state.deadLetters(),
                    state.lag());
        }
        return table;
    }

    /** {@code 3 RUNNING}, or what each of them is. */
    private static String words(Map<String, String> subscriptions) {
        if (subscriptions.isEmpty()) {
            return RunLedger.NOTHING;
        }
        return subscriptions.values().stream().distinct().count() == 1
                ? subscriptions.size() + " " + subscriptions.values().iterator().next()
                : subscriptions.entrySet().stream()
                        .map(state -> state.getKey() + " " + state.getValue())
                        .collect(Collectors.joining(", "));
    }
}
