package io.farandole.streams.batch;

import io.farandole.streams.Sameness;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Compares two generations of a processor, store by store, by hashes of each key's value. */
public final class ComparingGenerations {

    /** How many of the best of each list are looked at where nobody says how many. */
    public static final int TOP = 10;

    private static final String STORES =
            """
            select s.name, bool_or(s.generation = ?), bool_or(s.generation = ?),
                (array_agg(s.same_by order by s.generation desc))[1]
            from streams.store s where s.generation in (?, ?)
            group by s.name order by s.name
            """;

    private final DataSource dataSource;

    public ComparingGenerations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * A key whose values differ.
     *
     * @param left null if it is missing
     * @param right null if it is missing
     */
    public record Difference(String key, @Nullable String left, @Nullable String right) {}

    /**
     * How much of what is ranked stands on both sides.
     *
     * @param keys that both have
     * @param mean the part in common, from 0 to 1
     * @param whole keys for which that is all
     */
    public record Overlap(long keys, double mean, long whole) {}

    /**
     * One store in two generations; if only one has it, the other has no rows of it.
     *
     * @param missing keys that only the left one has
     * @param added keys that only the right one has
     * @param examples the first of those that differ, are missing or were added
     */
    public record StoreComparison(
            String store,
            long left,
            long right,
            long equal,
            long differing,
            long missing,
            long added,
            String leftChecksum,
            String rightChecksum,
            @Nullable Overlap overlap,
            List<Difference> examples) {

        /** Keys that are not the same on both sides. */
        public long unequal() {
            return differing + missing + added;
        }

        /** Keys that either side has. */
        public long keys() {
            return equal + unequal();
        }
    }

    /**
     * Two generations.
     *
     * @param behind events that the left one has heard and the right one has not; with those on
     *     their way, rows may differ that will not
     * @param lost how many of those behind are not on their way any more
     * @param withheld events that the right one left out, for their users asked to be forgotten
     * @param leftMade what the left one was made with
     * @param rightMade what the right one was made with
     * @param top how many of the best of each list were looked at for what is in common
     * @param lookedUp the currencies of what the processor looks up, by the references' names
     * @param leftChecksum of all stores: the same events, code and configuration give the same
     */
    public record Comparison(
            String processor,
            int left,
            int right,
            long behind,
            long lost,
            long ahead,
            long withheld,
            Made leftMade,
            Made rightMade,
            int top,
            SortedMap<String, String> lookedUp,
            String leftChecksum,
            String rightChecksum,
            List<StoreComparison> stores) {

        /** Keys that are not the same on both sides, of all stores. */
        public long unequal() {
            return stores.stream().mapToLong(StoreComparison::unequal).sum();
        }

        public boolean isSame() {
            return stores.stream()
                    .allMatch(store -> store.leftChecksum.equals(store.rightChecksum));
        }
    }

    /**
     * Compares what both hold at one moment, and keeps what was found, with no key and no value.
     *
     * @param serving the one that serves
     * @param other the one that may follow it
     */
    public KeptComparison compareAndKeep(Generation serving, Generation other) {
        return KeptComparison.keep(dataSource, serving, other, compare(serving, other, TOP, 0));
    }

    /** What was found last of this generation, if it was ever compared. */
    public Optional<KeptComparison> kept(Generation generation) {
        return KeptComparison.lastOf(dataSource, generation);
    }

    /**
     * Compares what both hold at one moment, each store by what its processor's newest description
     * says.
     *
     * @param top how many of the best of each list are looked at for what is in common, 1 at least
     * @param examples how many keys of each store are shown
     */
    public Comparison compare(Generation left, Generation right, int top, int examples) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            List<StoreComparison> stores = new ArrayList<>();
            for (Sides sides : sides(connection, left, right)) {
                stores.add(compare(connection, sides, top, examples));
            }
            Missed behind = Missed.of(connection, left, right);
            Comparison comparison =
                    new Comparison(
                            left.processor(),
                            left.number(),
                            right.number(),
                            behind.events(),
                            behind.lost(),
                            Missed.of(connection, right, left).events(),
                            RegisteredGenerations.progress(connection, right).stream()
                                    .mapToLong(RegisteredGenerations.Progress::withheld)
                                    .sum(),
                            made(connection, left),
                            made(connection, right),
                            top,
                            Currencies.ask(connection, right),
                            checksum(stores, StoreComparison::leftChecksum),
                            checksum(stores, StoreComparison::rightChecksum),
                            List.copyOf(stores));
            connection.rollback();
            return comparison;
        } catch (SQLException e) {
            throw Trouble.infrastructure("comparing generations", e);
        }
    }

    private static Made made(Connection connection, Generation generation) throws SQLException {
        return new Generations(connection)
                .states(generation.processor()).stream()
                        .filter(state -> state.generation().id() == generation.id())
                        .findFirst()
                        .orElseThrow()
                        .made();
    }

    /** What is read of a store on either side, and how. */
    private record Sides(String store, String left, String right, Sameness by) {}

    private static List<Sides> sides(Connection connection, Generation left, Generation right)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORES)) {
            statement.setInt(1, left.id());
            statement.setInt(2, right.id());
            statement.setInt(3, left.id());
            statement.setInt(4, right.id());
            try (ResultSet rows = statement.executeQuery()) {
                List<Sides> found = new ArrayList<>();
                while (rows.next()) {
                    String store = rows.getString(1);
                    String one = partition(left, store);
                    String other = partition(right, store);
                    found.add(
                            new Sides(
                                    store,
                                    rows.getBoolean(2) ? one : nothingLike(other),
                                    rows.getBoolean(3) ? other : nothingLike(one),
                                    sameness(rows.getString(4))));
                }
                return found;
            }
        }
    }

    private static Sameness sameness(@Nullable String described) {
        return described == null
                ? Sameness.WHOLE
                : Values.JSON.readValue(described, Sameness.class);
    }

    private static StoreComparison compare(
            Connection connection, Sides sides, int top, int examples) throws SQLException {
        String content = sides.by().content();
        String value = content == null ? "value" : "jsonb_path_query_array(value, ?::jsonpath)";
        String one = sides.left();
        String other = sides.right();
        try (PreparedStatement counts =
                connection.prepareStatement(ComparisonSql.counts(value, one, other))) {
            int _ = bindTwice(counts, content);
            try (ResultSet rows = counts.executeQuery()) {
                rows.next();
                return new StoreComparison(
                        sides.store(),
                        rows.getLong(1),
                        rows.getLong(2),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getLong(6),
                        rows.getLong(1) + "-" + hex(rows.getBigDecimal(7)),
                        rows.getLong(2) + "-" + hex(rows.getBigDecimal(8)),
                        overlap(connection, one, other, sides.by().best(top)),
                        differing(
                                connection,
                                ComparisonSql.differing(value, one, other),
                                content,
                                examples));
            }
        }
    }

    private static List<Difference> differing(
            Connection connection, String sql, @Nullable String content, int most)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = bindTwice(statement, content);
            statement.setInt(next, most);
            try (ResultSet rows = statement.executeQuery()) {
                List<Difference> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(
                            new Difference(
                                    rows.getString(1), rows.getString(2), rows.getString(3)));
                }
                return found;
            }
        }
    }

    private static @Nullable Overlap overlap(
            Connection connection, String left, String right, @Nullable String ranked)
            throws SQLException {
        if (ranked == null) {
            return null;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(ComparisonSql.overlap(left, right))) {
            int _ = bindTwice(statement, ranked);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Overlap(rows.getLong(1), rows.getDouble(2), rows.getLong(3));
            }
        }
    }

    /** Says which parameter is next. */
    private static int bindTwice(PreparedStatement statement, @Nullable String path)
            throws SQLException {
        if (path == null) {
            return 1;
        }
        statement.setString(1, path);
        statement.setString(2, path);
        return 3;
    }

    /** The sum of the keys' hashes: in whatever order they are added up. */
    private static String hex(@Nullable BigDecimal sum) {
        return sum == null ? "0" : sum.toBigInteger().toString(16);
    }

    private static String checksum(
            List<StoreComparison> stores, Function<StoreComparison, String> ofStore) {
        Map<String, String> sums = new TreeMap<>();
        stores.forEach(store -> sums.put(store.store(), ofStore.apply(store)));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(sums.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String nothingLike(String partition) {
        return "(select * from " + partition + " where false) nothing";
    }

    private static String partition(Generation generation, String store) {
        return Ddl.quoted(generation.processor()) + "." + Ddl.quoted(generation.partitionOf(store));
    }
}
