package io.farandole.local.offline;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The most memory that this process has had so far: all of it where the system tells, as Linux
 * does, else the JVM's alone, without the matrices beside its heap.
 */
public record PeakMemory(long bytes, boolean whole) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    public static PeakMemory now() {
        if (Files.isReadable(STATUS)) {
            try {
                for (String line : Files.readAllLines(STATUS)) {
                    if (line.startsWith(PEAK)) {
                        return new PeakMemory(
                                Long.parseLong(line.replaceAll("\\D", "")) << 10, true);
                    }
                }
            } catch (IOException _) {
                // The JVM knows a part of it.
            }
        }
        long bytes =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum();
        return new PeakMemory(bytes, false);
    }

    public String words() {
        return String.format(
                Locale.ROOT, "%.1f GB%s", bytes / 1e9, whole ? "" : " of the JVM's own");
    }
}
