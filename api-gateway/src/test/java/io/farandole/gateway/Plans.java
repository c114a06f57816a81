package io.farandole.gateway;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** The plans that Postgres makes, on the API's own connections, of what the API reads. */
public final class Plans {

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z]+)\\b");

    private final Platform platform;

    public Plans(Platform platform) {
        this.platform = platform;
    }

    /** Puts so many rows into each table, about which Postgres knows nothing yet. */
    public void fill(int rows) {
        platform.run(
                """
                truncate personalisation.lists, catalogue.items, catalogue.offers;
                insert into catalogue.items
                  select 4, 'i' || n, jsonb_build_object('title', 'Item ' || n, 'categories', jsonb_build_array('C'),
                    'offers', jsonb_build_array('o' || n)), 1 from generate_series(1, %1$d) n;
                insert into catalogue.offers
                  select 4, 'o' || n, jsonb_build_object('item', 'i' || n, 'priceCents', 0), 1 from generate_series(1, %1$d) n;
                insert into personalisation.lists
                  select 2, 'u' || n, jsonb_build_object('lists', jsonb_build_object('taste', jsonb_build_object(
                    'version', 1, 'entries', (select jsonb_agg(jsonb_build_object('item', 'i' || (n + m) %% %1$d,
                      'score', 1, 'why', jsonb_build_object('because', jsonb_build_array('i' || m))))
                      from generate_series(1, 50) m)))), 1 from generate_series(1, %1$d) n;
                """
                        .formatted(rows));
        platform.serveNoRelease();
        platform.serve("r1", "models/abc");
        platform.run(
                """
                insert into deployment.similar
                  select 'r1', 'i' || n %% 1000, n / 1000, 'i' || n, 1 from generate_series(1, %1$d) n;
                """
                        .formatted(rows));
    }

    /**
     * Tells Postgres of the rows as they are now: what it knows of tables that grow later is what
     * it knew of them when they were small.
     */
    public void analyse() {
        platform.run(
                "analyze personalisation.lists, catalogue.items, catalogue.offers, deployment.similar");
    }

    public void empty() {
        platform.run("truncate personalisation.lists, catalogue.items, catalogue.offers");
        platform.serveNoRelease();
    }

    /** The plan that is kept for any values of these parameters, in their order. */
    public String kept(String sql, String... types) {
        int[] n = {0};
        String numbered = PARAMETER.matcher(sql).replaceAll(_ -> "\\$" + ++n[0]);
        return plan(
                "prepare asked(" + String.join(", ", types) + ") as " + numbered,
                "asked("
                        + String.join(", ", List.of(types).stream().map(_ -> "null").toList())
                        + ")");
    }

    private String plan(String prepare, String call) {
        List<String> lines =
                platform.bean(DatabaseClient.class)
                        .inConnectionMany(
                                connection ->
                                        Flux.just(
                                                        "set plan_cache_mode = force_generic_plan",
                                                        // Quoted, so that the driver takes none of
                                                        // it for parameters of its own.
                                                        "do $do$ begin execute $sql$"
                                                                + prepare
                                                                + "$sql$; end $do$",
                                                        "explain (costs off) execute " + call,
                                                        "deallocate asked",
                                                        "reset plan_cache_mode")
                                                .concatMap(
                                                        sql ->
                                                                connection
                                                                        .createStatement(sql)
                                                                        .execute())
                                                .concatMap(
                                                        result ->
                                                                result.map(
                                                                        row ->
                                                                                row.get(
                                                                                        0,
                                                                                        String
                                                                                                .class))))
                        .collectList()
                        .block();
        return String.join("\n", lines == null ? List.of() : lines);
    }
}
