package io.farandole.pubsub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The machine's disk, on which something comes before each write and before each force. */
final class TroubledDisk implements Disk {

    /** May wait, or throw whatever it likes. */
    interface Trouble {
        void come() throws IOException;
    }

    private final Disk disk = MachineDisk.INSTANCE;
    volatile Trouble beforeWrite = () -> {};
    volatile Trouble beforeForce = () -> {};

    private final class Troubled implements OpenFile {

        private final OpenFile file;

        Troubled(OpenFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            beforeWrite.come();
            file.write(bytes, position);
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            beforeForce.come();
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path file) {
        return disk.exists(file);
    }

    @Override
    public OpenFile open(Path file) throws IOException {
        return new Troubled(disk.open(file));
    }

    @Override
    public OpenFile openForReading(Path file) throws IOException {
        return disk.openForReading(file);
    }

    @Override
    public OpenFile openNameless() throws IOException {
        return disk.openNameless();
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceNames(Path directory) throws IOException {
        disk.forceNames(directory);
    }

    @Override
    public Lock lock(Path directory) throws IOException {
        return disk.lock(directory);
    }
}
