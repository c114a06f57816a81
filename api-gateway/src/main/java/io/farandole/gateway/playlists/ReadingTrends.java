package io.farandole.gateway.playlists;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Shared;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Reads what was liked lately, and more than before; the same for everyone, and kept at hand for
 * some seconds.
 */
@Component
class ReadingTrends {

    /** In days: those of popularity's windows. */
    static final int WINDOW = 28;

    /** Twice as many are kept, for what came before. */
    static final int MOST_WINDOWS = 12;

    // The window in which the time begins is in it with the part of it that is not over.
    static final String SELECT =
            """
            select t.item as item,
                   sum(t.positive * case when t.back < :windows then 1
                                         when t.back = :windows then 1 - t.elapsed
                                         else 0 end)::float8 as recent,
                   sum(t.positive * case when t.back < :windows then 0
                                         when t.back = :windows then t.elapsed
                                         when t.back = 2 * :windows then 1 - t.elapsed
                                         else 1 end)::float8 as before
            from popularity.trends t
            where t.back <= 2 * :windows
            group by t.item
            """;

    private final DatabaseClient database;
    private final Stage stage;
    private final AsyncCache<Integer, List<Trend>> atHand;

    ReadingTrends(DatabaseClient database, GatewaySettings settings, Stages stages) {
        this.database = database;
        this.stage = stages.of("trends", settings.popularDeadline());
        this.atHand =
                Caffeine.newBuilder().expireAfterWrite(settings.popularFreshness()).buildAsync();
    }

    /** What was liked most in the last so many windows; nothing if it cannot be told. */
    Mono<List<String>> popular(int windows, Skips skips) {
        return ranked(windows, Trend::recent, skips);
    }

    /** What grew most in the last so many windows, against as many before them. */
    Mono<List<String>> trending(int windows, Skips skips) {
        return ranked(windows, Trend::growth, skips);
    }

    private Mono<List<String>> ranked(int windows, ToDoubleFunction<Trend> by, Skips skips) {
        Comparator<Trend> order =
                Comparator.<Trend>comparingDouble(by).reversed().thenComparing(Trend::item);
        return stage.orElse(
                        Shared.of(() -> atHand.get(windows, (of, _) -> read(of).toFuture())),
                        skips,
                        Mono.just(List.<Trend>of()))
                .map(
                        all ->
                                all.stream()
                                        .filter(trend -> by.applyAsDouble(trend) > 0)
                                        .sorted(order)
                                        .map(Trend::item)
                                        .toList());
    }

    private Mono<List<Trend>> read(int windows) {
        return stage.hold(
                database.sql(SELECT)
                        .bind("windows", windows)
                        .map(
                                row ->
                                        new Trend(
                                                ItemRow.required(row, "item"),
                                                number(row.get("recent", Double.class)),
                                                number(row.get("before", Double.class))))
                        .all()
                        .collectList()
                        // Before popularity's first start nothing is.
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(List.of())));
    }

    private static double number(@Nullable Double number) {
        return Objects.requireNonNull(number);
    }
}
