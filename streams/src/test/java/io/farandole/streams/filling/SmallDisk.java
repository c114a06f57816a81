package io.farandole.streams.filling;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of little room, on which something may lie that takes the rest of it. */
record SmallDisk(Path directory) {

    private static final int BLOCK = 64 * 1024;
    private static final String BALLAST = "ballast";

    /** Leaves so much and no more. */
    void fill(long left) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream ballast = Files.newOutputStream(directory.resolve(BALLAST))) {
            while (free() > left + BLOCK) {
                ballast.write(block);
            }
        }
    }

    void free(long least) throws IOException {
        Files.delete(directory.resolve(BALLAST));
        if (free() < least) {
            throw new IllegalStateException(
                    "only " + free() + " bytes are free of a disk that was made for this");
        }
    }

    long free() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }
}
