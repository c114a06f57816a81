package io.farandole.processors.warehouse;

import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.Said;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing.Consignment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A process that lands events 1 to N, acknowledging in a file, and dies at a moment that chance
 * chooses: while it lands, or between the commit and the acknowledgement. It ends by itself when
 * all are acknowledged.
 *
 * <p>Arguments: directory, N, seed, and whether it acknowledges first, which is a fault.
 */
final class DyingLander {

    private static final String MARK = " .";
    private static final Pattern SPACES = Pattern.compile(" ");
    private static final int MOST = 400;
    private static final int LONGEST_LIFE_MILLIS = 900;

    private DyingLander() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int events = Integer.parseInt(arguments[1]);
        Random random = new Random(Long.parseLong(arguments[2]));
        boolean acknowledgesFirst = Boolean.parseBoolean(arguments[3]);
        Path acks = directory.resolve("acks");
        BitSet acked = acked(acks);
        // The first life ends with its first landing, so that one does in every run.
        boolean firstLife = Files.notExists(directory.resolve("warehouse"));
        DuckDbArchive archive =
                new DuckDbArchive(new WarehouseSettings(directory.resolve("warehouse"), 0));
        archive.open();
        if (random.nextBoolean()) {
            dieWithin(random.nextInt(LONGEST_LIFE_MILLIS));
        }
        while (acked.cardinality() < events) {
            List<Integer> batch = batch(acked, events, random);
            boolean lastBreath = firstLife || random.nextInt(12) == 0;
            if (acknowledgesFirst) {
                acknowledge(acks, batch);
                haltIf(lastBreath);
            }
            archive.land(List.of(new Consignment(TopicCatalogue.ACTIVITY, said(batch))), Said.NOON);
            if (!acknowledgesFirst) {
                haltIf(lastBreath);
                acknowledge(acks, batch);
            }
            batch.forEach(acked::set);
        }
        archive.close();
    }

    static BitSet acked(Path acks) throws IOException {
        BitSet acked = new BitSet();
        if (Files.exists(acks)) {
            for (String line : Files.readAllLines(acks)) {
                // What death cut off has no mark at its end, and acknowledges nothing.
                if (line.endsWith(MARK)) {
                    SPACES.splitAsStream(line.substring(0, line.length() - MARK.length()))
                            .forEach(one -> acked.set(Integer.parseInt(one)));
                }
            }
        }
        return acked;
    }

    /** Some that are not acknowledged, and now and then some that are: they come again. */
    private static List<Integer> batch(BitSet acked, int events, Random random) {
        List<Integer> batch = new ArrayList<>();
        int size = 1 + random.nextInt(MOST);
        for (int i = acked.nextClearBit(1); i <= events && batch.size() < size; ) {
            batch.add(i);
            i = acked.nextClearBit(i + 1);
        }
        for (int i = 0; i < random.nextInt(20); i++) {
            int again = 1 + random.nextInt(events);
            if (acked.get(again)) {
                batch.add(again);
            }
        }
        return batch;
    }

    private static List<Delivery> said(List<Integer> batch) {
        return batch.stream()
                .map(i -> Said.rated("" + i % 50, "film-" + i, 4, Said.NOON, i))
                .toList();
    }

    private static void acknowledge(Path acks, List<Integer> batch) throws IOException {
        StringBuilder line = new StringBuilder("\n");
        batch.forEach(one -> line.append(one).append(' '));
        Files.write(
                acks,
                line.append(".").toString().getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static void haltIf(boolean now) {
        if (now) {
            Runtime.getRuntime().halt(137);
        }
    }

    private static void dieWithin(int millis) {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                            Runtime.getRuntime().halt(137);
                        });
    }
}
