package io.farandole.recommenders.training;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory a training may take, in bytes.
 *
 * @param heap of the JVM's heap
 * @param offHeap beside it, for OpenBLAS
 */
public record MemoryBudget(long heap, long offHeap) {

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    /** What this process can still have now: of its heap, and of the machine or container. */
    public static MemoryBudget ofThisProcess() {
        Runtime runtime = Runtime.getRuntime();
        if (used(runtime) > runtime.maxMemory() / 2) {
            // What was read left garbage behind, which else would count as taken.
            System.gc();
        }
        long used = used(runtime);
        long growth = runtime.maxMemory() - used;
        // The heap that is not committed yet comes out of the same machine.
        long uncommitted = runtime.maxMemory() - runtime.totalMemory();
        long machine = machine();
        return new MemoryBudget(
                Math.min(growth, runtime.freeMemory() + machine),
                Math.max(0, machine - Math.min(uncommitted, machine / 2)));
    }

    /**
     * The same, where this process may take so many bytes in all and not what the machine has: what
     * the heap may grow to is not there for what is beside it.
     *
     * @param most heap and beside it, in bytes
     */
    public static MemoryBudget ofThisProcess(long most) {
        MemoryBudget had = ofThisProcess();
        long beside = Math.max(0, most - Runtime.getRuntime().maxMemory());
        return new MemoryBudget(had.heap, Math.min(had.offHeap, beside));
    }

    private static long used(Runtime runtime) {
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long machine() {
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            // Memory that the system uses to cache files is not counted as free, though it is to be
            // had; a container's limit is known to the bean alone.
            return Math.min(
                    system.getTotalMemorySize(),
                    Math.max(system.getFreeMemorySize(), availableOnLinux()));
        }
        return Runtime.getRuntime().maxMemory();
    }

    private static long availableOnLinux() {
        if (!Files.isReadable(MEMORY)) {
            return 0;
        }
        try {
            for (String line : Files.readAllLines(MEMORY)) {
                if (line.startsWith(AVAILABLE)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
            return 0;
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }
}
