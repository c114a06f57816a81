package io.farandole.processors.warehouse;

import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.Archive;
import io.farandole.processors.archive.Checksum;
import io.farandole.processors.archive.Extent;
import io.farandole.processors.archive.Kept;
import io.farandole.processors.archive.Selection;
import io.farandole.streams.ArchivedEvents.Expired;
import io.farandole.streams.Landing;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The archive in a DuckDB file, which the process owns where it lands. */
final class DuckDbArchive implements Archive, Landing {

    static final String NAME = TopicCatalogue.ARCHIVE;

    /** The last one stays: it says which numbers come next. */
    private static final String PAST_LANDINGS =
            "delete from batch where landed_at < ? and id < (select max(id) from batch)";

    private static final Logger log = LoggerFactory.getLogger(DuckDbArchive.class);

    private static final String CHECKSUMS =
            """
            select publish_day, count(*),
              (sum(md5_number_lower(concat_ws(chr(10), topic, key, attributes, md5(payload)))::hugeint)
                % 18446744073709551616::hugeint)::ubigint::varchar
            from raw where topic = ? group by publish_day order by publish_day
            """;

    /** Accounts are kept for ever, rows are not. */
    private static final String EXPIRED =
            """
            select a.topic, a.hour, a.applied - coalesce(r.kept, 0)
            from account a
            left join (select topic, publish_hour, count(*) as kept from raw group by all) r
              on r.topic = a.topic and r.publish_hour = a.hour
            where a.applied > coalesce(r.kept, 0)
            order by a.topic, a.hour
            """;

    private final WarehouseSettings settings;
    private @Nullable DuckDbFile file;
    private @Nullable Position position;

    /** Does not open it. */
    DuckDbArchive(WarehouseSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Topic<?>> topics() {
        List<Topic<?>> all = new ArrayList<>();
        for (Topic<?> topic : TopicCatalogue.all()) {
            if (topic.readers().contains(NAME)) {
                all.add(topic);
            }
        }
        return all;
    }

    @Override
    public synchronized void open() throws IOException {
        Path directory = settings.directory();
        if (directory == null || directory.toString().isBlank()) {
            throw new IOException(
                    "farandole.warehouse.directory is not set: name a directory for the raw events");
        }
        if (file == null) {
            file = DuckDbFile.open(directory);
        }
    }

    @Override
    public synchronized Landed land(List<Consignment> consignments, Instant now)
            throws IOException {
        DuckDbFile open = opened();
        try {
            Position last = position;
            if (last == null) {
                last = Position.in(open.writer());
                position = last;
            }
            return new LandingRows(open.writer(), consignments).land(last, now);
        } catch (SQLException | RuntimeException e) {
            letGo(open, e);
            throw new IOException("the warehouse could not land a batch: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Account> accounts() throws IOException {
        return asked(
                connection -> {
                    List<Account> accounts = new ArrayList<>();
                    try (Statement statement = connection.createStatement();
                            ResultSet rows =
                                    statement.executeQuery(
                                            "select topic, hour, delivered, applied, duplicate"
                                                    + " from account order by topic, hour")) {
                        while (rows.next()) {
                            accounts.add(
                                    new Account(
                                            rows.getString(1),
                                            rows.getObject(2, LocalDateTime.class)
                                                    .toInstant(ZoneOffset.UTC),
                                            rows.getLong(3),
                                            rows.getLong(4),
                                            rows.getLong(5)));
                        }
                    }
                    return accounts;
                });
    }

    @Override
    public synchronized void keepHouse(Instant now) throws IOException {
        ExtractedLibraries.clear(Path.of(System.getProperty("java.io.tmpdir")), now);
        if (settings.retentionDays() == 0) {
            return;
        }
        LocalDate first =
                LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(settings.retentionDays());
        DuckDbFile open = opened();
        try (PreparedStatement forget =
                        open.writer().prepareStatement("delete from raw where publish_day < ?");
                PreparedStatement landings = open.writer().prepareStatement(PAST_LANDINGS)) {
            forget.setObject(1, first);
            long gone = forget.executeLargeUpdate();
            landings.setObject(1, first.atStartOfDay());
            landings.executeUpdate();
            if (gone > 0) {
                log.info("{} raw events published before {} are forgotten", gone, first);
            }
        } catch (SQLException e) {
            letGo(open, e);
            throw new IOException("the warehouse could not forget: " + e.getMessage(), e);
        }
    }

    @Override
    public long read(Selection selection, Reader reader) throws IOException {
        return asked(connection -> new ReadingRows(connection, selection).read(reader));
    }

    @Override
    public List<Kept> next(Selection selection, int most) throws IOException {
        return asked(connection -> new ReadingRows(connection, selection).next(most));
    }

    @Override
    public List<Expired> expired(Set<String> topics) throws IOException {
        return asked(
                connection -> {
                    List<Expired> expired = new ArrayList<>();
                    try (Statement statement = connection.createStatement();
                            ResultSet rows = statement.executeQuery(EXPIRED)) {
                        while (rows.next()) {
                            if (topics.contains(rows.getString(1))) {
                                expired.add(
                                        new Expired(
                                                rows.getString(1),
                                                rows.getObject(2, LocalDateTime.class)
                                                        .toInstant(ZoneOffset.UTC),
                                                rows.getLong(3)));
                            }
                        }
                    }
                    return expired;
                });
    }

    @Override
    public List<Checksum> checksums(List<Topic<?>> topics) throws IOException {
        return asked(
                connection -> {
                    List<Checksum> checksums = new ArrayList<>();
                    try (PreparedStatement statement = connection.prepareStatement(CHECKSUMS)) {
                        for (String topic : topics.stream().map(Topic::name).sorted().toList()) {
                            statement.setString(1, topic);
                            try (ResultSet rows = statement.executeQuery()) {
                                while (rows.next()) {
                                    checksums.add(
                                            new Checksum(
                                                    topic,
                                                    rows.getObject(1, LocalDate.class),
                                                    rows.getLong(2),
                                                    Long.parseUnsignedLong(rows.getString(3))));
                                }
                            }
                        }
                    }
                    return checksums;
                });
    }

    @Override
    public Extent extent() throws IOException {
        long bytes = opened().bytes();
        return asked(
                connection -> {
                    long rows = 0;
                    LocalDate oldest = null;
                    List<Extent.OfTopic> topics = new ArrayList<>();
                    try (Statement statement = connection.createStatement();
                            ResultSet counts =
                                    statement.executeQuery(
                                            "select topic, count(*), min(publish_day) from raw"
                                                    + " group by topic order by topic")) {
                        while (counts.next()) {
                            topics.add(new Extent.OfTopic(counts.getString(1), counts.getLong(2)));
                            rows += counts.getLong(2);
                            LocalDate day = counts.getObject(3, LocalDate.class);
                            oldest = oldest == null || day.isBefore(oldest) ? day : oldest;
                        }
                    }
                    return new Extent(rows, bytes, oldest, settings.retentionDays(), topics);
                });
    }

    @Override
    public synchronized void close() {
        DuckDbFile open = file;
        file = null;
        position = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException | SQLException e) {
                log.warn("The warehouse did not close; what was landed is kept", e);
            }
        }
    }

    /** Asks something of what is committed. */
    @FunctionalInterface
    private interface Asking<T> {
        T of(Connection connection) throws SQLException, IOException;
    }

    private <T> T asked(Asking<T> asking) throws IOException {
        try (Connection connection = opened().reading()) {
            return asking.of(connection);
        } catch (SQLException e) {
            throw new IOException("the warehouse could not be read: " + e.getMessage(), e);
        }
    }

    private synchronized DuckDbFile opened() throws IOException {
        DuckDbFile open = file;
        if (open == null) {
            throw new IOException(
                    "the archive is not open in this process: one process owns it, the one that"
                            + " runs 'archive'; run what reads it there too"
                            + " (farandole.streams.processors)");
        }
        return open;
    }

    private void letGo(DuckDbFile open, Exception reason) {
        position = null;
        try {
            open.letGo();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
