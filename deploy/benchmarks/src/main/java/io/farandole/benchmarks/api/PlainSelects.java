package io.farandole.benchmarks.api;

import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.postgres.PostgresEndpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What Postgres itself gives: a loop of the bare endpoint's select, prepared, through JDBC. */
final class PlainSelects {

    private static final int CONNECTIONS = 8;
    // From the fifth time on the driver has it prepared by name, and the server keeps its plan.
    private static final int LOOKS = 64;
    private static final String SELECT = "select u.key from profile.users u where u.key = ?";

    private PlainSelects() {}

    static void measure(PostgresEndpoint postgres, Sizes sizes, Findings findings)
            throws InterruptedException {
        List<Future<Long>> loops = new ArrayList<>();
        long begin = System.nanoTime();
        long end = begin + sizes.round().toNanos();
        long selects = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                long seed = i;
                loops.add(threads.submit(() -> loop(postgres, end, sizes.scale().users(), seed)));
            }
            for (Future<Long> loop : loops) {
                selects += loop.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the select fails", e);
        }
        findings.limit(
                Row.of(
                        "that select in a JDBC loop of "
                                + CONNECTIONS
                                + " connections (there is no pgbench with embedded Postgres)",
                        "/s",
                        List.of(selects / ((System.nanoTime() - begin) / 1e9))));
    }

    private static long loop(PostgresEndpoint postgres, long end, int users, long seed)
            throws SQLException {
        SplittableRandom random = new SplittableRandom(seed);
        long selects = 0;
        try (Connection connection = postgres.readerDataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            while (System.nanoTime() < end) {
                for (int i = 0; i < LOOKS; i++) {
                    select.setString(1, Integer.toString(1 + random.nextInt(users)));
                    try (ResultSet row = select.executeQuery()) {
                        selects += row.next() ? 1 : 0;
                    }
                }
            }
        }
        return selects;
    }
}
