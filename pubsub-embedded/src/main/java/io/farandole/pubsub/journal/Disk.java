package io.farandole.pubsub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The files below a journal: the machine's, or in tests ones that lose what was not forced when
 * they crash.
 */
interface Disk {

    /** A file open for reading and writing; for many threads, without a position of its own. */
    interface OpenFile extends AutoCloseable {

        /** Writes all that remains, or fails. */
        void write(ByteBuffer bytes, long position) throws IOException;

        /** Reads some bytes; -1 at the end of the file. */
        int read(ByteBuffer bytes, long position) throws IOException;

        long size() throws IOException;

        void truncate(long size) throws IOException;

        /** Returns once the content is safe from a crash. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    interface Lock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    void createDirectories(Path directory) throws IOException;

    /** The names of the files in the directory. */
    List<String> list(Path directory) throws IOException;

    boolean exists(Path file);

    /** Opens a file; it is made if it is not there. */
    OpenFile open(Path file) throws IOException;

    OpenFile openForReading(Path file) throws IOException;

    /** A nameless file: it is gone once it is closed, or its process has died. */
    OpenFile openNameless() throws IOException;

    /** Gives the file that name, in one step, also when the name is taken. */
    void rename(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /** Returns once the names in the directory are safe from a crash. */
    void forceNames(Path directory) throws IOException;

    /** The directory is this process's until the lock is closed. */
    Lock lock(Path directory) throws IOException;
}
