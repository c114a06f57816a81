package io.farandole.processors.archive;

import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.ArchivedEvents.Expired;
import io.farandole.streams.Delivery;
import io.farandole.streams.Erasures;
import io.farandole.streams.Landing;
import io.farandole.streams.Told;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The archive in memory, for tests. */
public final class MemoryArchive implements Archive, Landing {

    private final int retentionDays;
    private final List<Raw> rows = new ArrayList<>();
    private final Set<UUID> known = new HashSet<>();
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, Told> erased = new HashMap<>();
    private long last;

    public MemoryArchive(int retentionDays) {
        this.retentionDays = retentionDays;
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public List<Topic<?>> topics() {
        List<Topic<?>> internal = new ArrayList<>(TopicCatalogue.all());
        internal.removeIf(topic -> topic.ring() == Topic.Ring.SOURCE);
        return internal;
    }

    @Override
    public void open() {}

    @Override
    public synchronized Landed land(List<Consignment> consignments, Instant now) {
        List<Integer> fresh = new ArrayList<>();
        Set<String> touched = new HashSet<>();
        for (Consignment consignment : consignments) {
            int count = 0;
            for (Delivery delivery : consignment.deliveries()) {
                Raw row = Raw.of(consignment.topic(), delivery);
                boolean isFresh = known.add(row.identity());
                count += isFresh ? 1 : 0;
                touched.add(count(row, isFresh));
                if (isFresh) {
                    keep(row);
                }
            }
            fresh.add(count);
        }
        return new Landed(fresh, touched.stream().sorted().map(accounts::get).toList());
    }

    @Override
    public synchronized List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    @Override
    public synchronized void keepHouse(Instant now) {
        LocalDate first = dayOf(now).minusDays(retentionDays);
        rows.removeIf(row -> retentionDays > 0 && dayOf(row.publishTime()).isBefore(first));
    }

    @Override
    public long read(Selection selection, Reader reader) throws IOException {
        List<Raw> now;
        long end;
        Erasures erasures = new Erasures();
        synchronized (this) {
            now = List.copyOf(rows);
            end = last;
            erased.forEach(erasures::add);
        }
        for (Raw row : now) {
            if (selection.has(row) && !erasures.withhold(row.key(), row.attributes())) {
                reader.read(row);
            }
        }
        return Math.max(end, selection.after());
    }

    @Override
    public synchronized List<Kept> next(Selection selection, int most) {
        Erasures erasures = new Erasures();
        erased.forEach(erasures::add);
        return rows.stream()
                .filter(selection::has)
                .limit(most)
                .map(row -> new Kept(row, erasures.withhold(row.key(), row.attributes())))
                .toList();
    }

    @Override
    public synchronized List<Expired> expired(Set<String> topics) {
        return accounts.values().stream()
                .filter(account -> topics.contains(account.topic()))
                .map(
                        account ->
                                new Expired(
                                        account.topic(),
                                        account.hour(),
                                        account.applied() - kept(account)))
                .filter(expired -> expired.events() > 0)
                .toList();
    }

    private long kept(Account account) {
        return rows.stream()
                .filter(row -> row.topic().equals(account.topic()))
                .filter(
                        row ->
                                row.publishTime()
                                        .truncatedTo(ChronoUnit.HOURS)
                                        .equals(account.hour()))
                .count();
    }

    @Override
    public synchronized List<Checksum> checksums(List<Topic<?>> topics) {
        Map<String, Checksum> sums = new TreeMap<>();
        for (Raw row : rows) {
            if (topics.stream().anyMatch(topic -> topic.name().equals(row.topic()))) {
                LocalDate day = dayOf(row.publishTime());
                sums.merge(
                        row.topic() + " " + day,
                        new Checksum(row.topic(), day, 0, 0).plus(row),
                        (sum, _) -> sum.plus(row));
            }
        }
        return List.copyOf(sums.values());
    }

    @Override
    public synchronized Extent extent() {
        Map<String, Long> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(row.topic(), 1L, Long::sum));
        return new Extent(
                rows.size(),
                rows.stream().mapToLong(row -> row.payload().length).sum(),
                rows.stream()
                        .map(row -> dayOf(row.publishTime()))
                        .min(LocalDate::compareTo)
                        .orElse(null),
                retentionDays,
                counts.entrySet().stream()
                        .map(count -> new Extent.OfTopic(count.getKey(), count.getValue()))
                        .toList());
    }

    @Override
    public void close() {}

    private void keep(Raw row) {
        rows.add(row.at(++last));
        Told told = Erasures.told(row.attributes());
        if (told != null) {
            erased.merge(row.key(), told, Told::or);
        }
    }

    private String count(Raw row, boolean fresh) {
        Instant hour = row.publishTime().truncatedTo(ChronoUnit.HOURS);
        String at = row.topic() + " " + hour;
        Account one = new Account(row.topic(), hour, 1, fresh ? 1 : 0, fresh ? 0 : 1);
        accounts.merge(
                at,
                one,
                (before, _) ->
                        new Account(
                                before.topic(),
                                hour,
                                before.delivered() + 1,
                                before.applied() + one.applied(),
                                before.duplicate() + one.duplicate()));
        return at;
    }

    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
