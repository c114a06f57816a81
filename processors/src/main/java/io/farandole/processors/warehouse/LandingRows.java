package io.farandole.processors.warehouse;

import io.farandole.processors.archive.Raw;
import io.farandole.streams.Delivery;
import io.farandole.streams.Erasures;
import io.farandole.streams.Landing.Account;
import io.farandole.streams.Landing.Consignment;
import io.farandole.streams.Landing.Landed;
import io.farandole.streams.Told;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Writes one landing, in one transaction: rows, the batch's id, accounts, erasures. */
final class LandingRows {

    /** Ids that carry no time: they are looked for among all rows of that kind. */
    private static final Instant UNDATED = Instant.EPOCH;

    private static final LocalDateTime LATEST = LocalDateTime.of(9999, 12, 31, 23, 59);
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1, 1, 1, 0, 0);

    private static final String STAGED =
            "create temp table if not exists staged (place integer, identity uuid, made timestamp)";

    /** By the time in front of an id: only the blocks of that time are read. */
    private static final String KNOWN =
            """
            select s.place from staged s
            where exists (
              select 1 from raw r
              where (r.made between ? and ? or r.made = ?)
                and r.made = s.made and r.identity = s.identity)
            """;

    private static final String COUNT =
            """
            insert into account as a (topic, hour, delivered, applied, duplicate)
            values (?, ?, ?, ?, ?)
            on conflict (topic, hour) do update
            set delivered = a.delivered + excluded.delivered,
                applied = a.applied + excluded.applied,
                duplicate = a.duplicate + excluded.duplicate
            returning delivered, applied, duplicate
            """;

    private static final String BATCH = "insert into batch values (?, ?, ?, ?, ?)";

    private static final String ERASED =
            "insert or replace into erasure (key, told_at, source, id) values (?, ?, ?, ?)";

    private final DuckDBConnection connection;
    private final List<Raw> rows = new ArrayList<>();
    private final List<Integer> consignments = new ArrayList<>();
    private final int consignmentCount;
    private final List<UUID> identities = new ArrayList<>();
    private final BitSet known = new BitSet();

    LandingRows(DuckDBConnection connection, List<Consignment> all) {
        this.connection = connection;
        this.consignmentCount = all.size();
        for (int i = 0; i < all.size(); i++) {
            for (Delivery delivery : all.get(i).deliveries()) {
                Raw row = Raw.of(all.get(i).topic(), delivery);
                rows.add(row);
                identities.add(row.identity());
                consignments.add(i);
            }
        }
    }

    /** Committed when it returns; whatever it throws, the transaction is still to be ended. */
    Landed land(Position position, Instant now) throws SQLException {
        connection.setAutoCommit(false);
        findKnown();
        int fresh = rows.size() - known.cardinality();
        long batch = position.batch() + 1;
        long last = append(batch, position.row());
        try (PreparedStatement statement = connection.prepareStatement(BATCH)) {
            statement.setLong(1, batch);
            statement.setObject(2, utc(now));
            statement.setLong(3, rows.size());
            statement.setLong(4, fresh);
            statement.setLong(5, last);
            statement.execute();
        }
        rememberErasures();
        List<Account> accounts = count();
        connection.commit();
        connection.setAutoCommit(true);
        position.moved(batch, last);
        return new Landed(freshOfConsignments(), accounts);
    }

    /** Those that are there already, or stand here a second time. */
    private void findKnown() throws SQLException {
        Set<UUID> here = new HashSet<>();
        LocalDateTime from = LATEST;
        LocalDateTime to = EARLIEST;
        try (Statement statement = connection.createStatement()) {
            statement.execute(STAGED);
            statement.execute("delete from staged");
        }
        boolean undated = false;
        try (DuckDBAppender staged = connection.createAppender("temp", "main", "staged")) {
            for (int i = 0; i < rows.size(); i++) {
                if (!here.add(identities.get(i))) {
                    known.set(i);
                }
                Instant made = rows.get(i).made();
                LocalDateTime time = utc(made);
                if (made.equals(UNDATED)) {
                    undated = true;
                } else {
                    from = time.isBefore(from) ? time : from;
                    to = time.isAfter(to) ? time : to;
                }
                staged.beginRow();
                staged.append(i);
                staged.append(identities.get(i));
                staged.append(time);
                staged.endRow();
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setObject(1, from);
            statement.setObject(2, to);
            statement.setObject(3, undated ? utc(UNDATED) : from);
            try (ResultSet places = statement.executeQuery()) {
                while (places.next()) {
                    known.set(places.getInt(1));
                }
            }
        }
    }

    private long append(long batch, long before) throws SQLException {
        long position = before;
        try (DuckDBAppender raw = connection.createAppender("raw")) {
            for (int i = known.nextClearBit(0); i < rows.size(); i = known.nextClearBit(i + 1)) {
                position++;
                append(raw, rows.get(i), identities.get(i), batch, position);
            }
        }
        return position;
    }

    private static void append(
            DuckDBAppender raw, Raw row, UUID identity, long batch, long position)
            throws SQLException {
        LocalDateTime published = utc(row.publishTime());
        raw.beginRow();
        raw.append(position);
        raw.append(batch);
        raw.append(row.topic());
        raw.append(identity);
        raw.append(utc(row.made()));
        raw.append(row.id());
        raw.append(row.source());
        raw.append(row.key());
        Long sequence = row.sequence();
        if (sequence == null) {
            raw.appendNull();
        } else {
            raw.append(sequence.longValue());
        }
        raw.append(published);
        raw.append(published.truncatedTo(ChronoUnit.HOURS));
        raw.append(published.toLocalDate());
        Instant event = row.eventTime();
        if (event == null || utc(event).isAfter(LATEST) || utc(event).isBefore(EARLIEST)) {
            raw.appendNull();
        } else {
            raw.append(utc(event));
        }
        raw.append(row.attributesJson());
        raw.append(row.payload());
        raw.endRow();
    }

    /** Deliveries are counted apart from what becomes of them. */
    private List<Account> count() throws SQLException {
        record Hour(String topic, Instant hour) {}
        Map<Hour, long[]> counts =
                new TreeMap<>(
                        (one, other) -> {
                            int order = one.topic().compareTo(other.topic());
                            return order == 0 ? one.hour().compareTo(other.hour()) : order;
                        });
        for (int i = 0; i < rows.size(); i++) {
            Raw row = rows.get(i);
            Hour hour = new Hour(row.topic(), row.publishTime().truncatedTo(ChronoUnit.HOURS));
            long[] count = counts.computeIfAbsent(hour, _ -> new long[3]);
            count[0]++;
            count[known.get(i) ? 2 : 1]++;
        }
        List<Account> accounts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            for (Map.Entry<Hour, long[]> entry : counts.entrySet()) {
                Hour hour = entry.getKey();
                statement.setString(1, hour.topic());
                statement.setObject(2, utc(hour.hour()));
                for (int i = 0; i < 3; i++) {
                    statement.setLong(3 + i, entry.getValue()[i]);
                }
                try (ResultSet total = statement.executeQuery()) {
                    total.next();
                    accounts.add(
                            new Account(
                                    hour.topic(),
                                    hour.hour(),
                                    total.getLong(1),
                                    total.getLong(2),
                                    total.getLong(3)));
                }
            }
        }
        return accounts;
    }

    private void rememberErasures() throws SQLException {
        for (int i = known.nextClearBit(0); i < rows.size(); i = known.nextClearBit(i + 1)) {
            Told told = Erasures.told(rows.get(i).attributes());
            if (told != null) {
                remember(rows.get(i).key(), told);
            }
        }
    }

    private void remember(String key, Told told) throws SQLException {
        Told last = told.or(ErasureRows.of(connection, key));
        try (PreparedStatement statement = connection.prepareStatement(ERASED)) {
            statement.setString(1, key);
            statement.setString(2, last.at().toString());
            statement.setString(3, last.source());
            statement.setString(4, last.id());
            statement.execute();
        }
    }

    private List<Integer> freshOfConsignments() {
        int[] fresh = new int[consignmentCount];
        for (int i = known.nextClearBit(0); i < rows.size(); i = known.nextClearBit(i + 1)) {
            fresh[consignments.get(i)]++;
        }
        return Arrays.stream(fresh).boxed().toList();
    }

    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
