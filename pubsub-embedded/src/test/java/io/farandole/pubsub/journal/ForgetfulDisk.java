package io.farandole.pubsub.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that forgets in a crash what was not forced: all of it, or all but a beginning,
 * or all but some blocks, one of which may be torn; names in directories as well. It can be full,
 * and it can be made to lie about having forced.
 */
public final class ForgetfulDisk implements Disk {

    private static final int BLOCK = 512;

    /** How much of what was not forced outlives a crash. */
    private enum Survival {
        NOTHING,
        EVERYTHING,
        A_BEGINNING,
        ANY
    }

    private static final class Content {
        byte[] now = {};
        int size;
        byte[] safe = {};
        int safeSize;
        final BitSet unforced = new BitSet();
    }

    /** A name given, or taken away where there is no content. */
    private record Naming(Map<Path, @Nullable Content> changes) {}

    private final Map<Path, Content> names = new HashMap<>();
    private final Map<Path, Content> safeNames = new HashMap<>();
    private final List<Naming> unforcedNames = new ArrayList<>();
    private final RandomGenerator random;
    private long stepsLeft = Long.MAX_VALUE;
    private long steps;
    private long room = Long.MAX_VALUE;
    private boolean crashed;
    private boolean lying;

    /** The generator is this disk's alone: it is used by whichever thread comes. */
    public ForgetfulDisk(RandomGenerator random) {
        this.random = random;
    }

    /** A journal on this disk. */
    public JournalFiles files(long segmentBytes) {
        return JournalFiles.in(Path.of("/journal")).segmentBytes(segmentBytes).disk(this);
    }

    /** The step of that number from now on, and all later ones, fail. */
    public synchronized void crashAt(long step) {
        stepsLeft = step;
    }

    public synchronized long steps() {
        return steps;
    }

    public synchronized boolean hasCrashed() {
        return crashed;
    }

    /** The number of the last segment on it. */
    public synchronized long lastSegment() {
        try {
            return Segment.in(this, Path.of("/journal")).getLast().number();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of all files with names. */
    public synchronized long bytes() {
        return names.values().stream().mapToLong(content -> content.size).sum();
    }

    /** Puts an empty journal there, of a server that would number its next message so. */
    public void journalBeginsAt(long nextMessageId, long segmentBytes) {
        RecordedState state = new RecordedState();
        state.nextMessageId = nextMessageId;
        Journal.in(files(segmentBytes), state, Runnable::run).close();
    }

    /** Forcing does nothing from now on. */
    public synchronized void lie() {
        lying = true;
    }

    /** So many bytes may still be written. */
    public synchronized void room(long bytes) {
        room = bytes;
    }

    /** The disk as it is found after a crash at this moment. */
    public synchronized ForgetfulDisk afterCrash() {
        crashed = true;
        ForgetfulDisk after = new ForgetfulDisk(random);
        Map<Path, Content> found = new HashMap<>(safeNames);
        Survival survival = survival();
        int beginning = random.nextInt(unforcedNames.size() + 1);
        for (int i = 0; i < unforcedNames.size(); i++) {
            if (survives(survival, i, beginning)) {
                unforcedNames
                        .get(i)
                        .changes()
                        .forEach((name, content) -> name(found, name, content));
            }
        }
        Map<Content, Content> contents = new HashMap<>();
        found.forEach(
                (name, content) ->
                        after.names.put(name, contents.computeIfAbsent(content, this::afterCrash)));
        after.safeNames.putAll(after.names);
        return after;
    }

    private Content afterCrash(Content before) {
        Survival survival = survival();
        int size =
                switch (survival) {
                    case NOTHING -> before.safeSize;
                    case EVERYTHING -> before.size;
                    default -> random.nextBoolean() ? before.size : before.safeSize;
                };
        byte[] bytes = Arrays.copyOf(before.safe, size);
        int beginning = random.nextInt(before.unforced.cardinality() + 1);
        int index = 0;
        for (int block = before.unforced.nextSetBit(0);
                block >= 0;
                block = before.unforced.nextSetBit(block + 1)) {
            int at = block * BLOCK;
            int length = Math.min(BLOCK, Math.min(size, before.now.length) - at);
            if (length > 0 && survives(survival, index, beginning)) {
                // any block may be torn, but a disk that lost nothing tore nothing
                int kept =
                        survival == Survival.EVERYTHING || random.nextInt(4) > 0
                                ? length
                                : random.nextInt(length + 1);
                System.arraycopy(before.now, at, bytes, at, kept);
            }
            index++;
        }
        Content after = new Content();
        after.now = bytes;
        after.size = size;
        after.safe = bytes.clone();
        after.safeSize = size;
        return after;
    }

    private Survival survival() {
        return Survival.values()[random.nextInt(Survival.values().length)];
    }

    private boolean survives(Survival survival, int index, int beginning) {
        return switch (survival) {
            case NOTHING -> false;
            case EVERYTHING -> true;
            case A_BEGINNING -> index < beginning;
            case ANY -> random.nextBoolean();
        };
    }

    private void step() throws IOException {
        steps++;
        if (crashed || --stepsLeft < 0) {
            crashed = true;
            throw new IOException("the disk crashed");
        }
    }

    private static void name(Map<Path, Content> in, Path name, @Nullable Content content) {
        if (content == null) {
            in.remove(name);
        } else {
            in.put(name, content);
        }
    }

    private void rename(Map<Path, @Nullable Content> changes) {
        changes.forEach((name, content) -> name(names, name, content));
        unforcedNames.add(new Naming(changes));
    }

    private final class File implements OpenFile {

        private final Content content;

        File(Content content) {
            this.content = content;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            synchronized (ForgetfulDisk.this) {
                int at = (int) position;
                int whole = bytes.remaining();
                boolean before = crashed;
                try {
                    step();
                } catch (IOException e) {
                    if (!before && stepsLeft == -1) {
                        put(bytes, at, random.nextInt(whole + 1));
                    }
                    throw e;
                }
                int length = (int) Math.min(whole, room);
                put(bytes, at, length);
                room -= length;
                if (length < whole) {
                    throw new IOException("No space left on device");
                }
            }
        }

        private void put(ByteBuffer bytes, int at, int length) {
            int end = at + length;
            if (content.now.length < end) {
                content.now = Arrays.copyOf(content.now, Math.max(end, content.now.length * 2));
            }
            bytes.get(content.now, at, length);
            content.size = Math.max(content.size, end);
            content.unforced.set(at / BLOCK, (end + BLOCK - 1) / BLOCK);
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            synchronized (ForgetfulDisk.this) {
                if (crashed) {
                    throw new IOException("the disk crashed");
                }
                int length = Math.min(bytes.remaining(), content.size - (int) position);
                if (length <= 0) {
                    return -1;
                }
                bytes.put(content.now, (int) position, length);
                return length;
            }
        }

        @Override
        public long size() {
            synchronized (ForgetfulDisk.this) {
                return content.size;
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (ForgetfulDisk.this) {
                step();
                if (size < content.size) {
                    Arrays.fill(content.now, (int) size, content.size, (byte) 0);
                    content.unforced.set((int) size / BLOCK, (content.size + BLOCK - 1) / BLOCK);
                    content.size = (int) size;
                }
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (ForgetfulDisk.this) {
                step();
                if (lying) {
                    return;
                }
                content.safe = Arrays.copyOf(content.now, content.size);
                content.safeSize = content.size;
                content.unforced.clear();
            }
        }

        @Override
        public void close() {}
    }

    @Override
    public void createDirectories(Path directory) {}

    @Override
    public synchronized List<String> list(Path directory) {
        return names.keySet().stream().map(Path::getFileName).map(String::valueOf).toList();
    }

    @Override
    public synchronized boolean exists(Path file) {
        return names.containsKey(file);
    }

    @Override
    public synchronized OpenFile open(Path file) throws IOException {
        step();
        Content content = names.get(file);
        if (content == null) {
            content = new Content();
            rename(Map.of(file, content));
        }
        return new File(content);
    }

    @Override
    public synchronized OpenFile openForReading(Path file) throws IOException {
        Content content = names.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new File(content);
    }

    @Override
    public OpenFile openNameless() throws IOException {
        synchronized (this) {
            step();
        }
        return new File(new Content());
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        step();
        Content content = names.get(from);
        if (content == null) {
            throw new NoSuchFileException(from.toString());
        }
        Map<Path, @Nullable Content> changes = new HashMap<>();
        changes.put(from, null);
        changes.put(to, content);
        rename(changes);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        step();
        if (names.containsKey(file)) {
            Map<Path, @Nullable Content> changes = new HashMap<>();
            changes.put(file, null);
            rename(changes);
        }
    }

    @Override
    public synchronized void forceNames(Path directory) throws IOException {
        step();
        if (!lying) {
            unforcedNames.clear();
            safeNames.clear();
            safeNames.putAll(names);
        }
    }

    @Override
    public Lock lock(Path directory) {
        return () -> {};
    }
}
