package io.farandole.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a figure was measured, without which it says nothing.
 *
 * @param load how many processes wanted to run in the minute before; negative where that is not
 *     known
 */
public record Machine(
        String system,
        String processor,
        int processors,
        long memoryMegabytes,
        String jvm,
        double load) {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    public static Machine here() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                system.getName() + " " + system.getVersion(),
                processor(system.getArch()),
                system.getAvailableProcessors(),
                system.getTotalMemorySize() >> 20,
                System.getProperty("java.vendor") + " " + Runtime.version(),
                system.getSystemLoadAverage());
    }

    private static String processor(String otherwise) {
        if (!Files.isReadable(PROCESSORS)) {
            return otherwise;
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException _) {
            return otherwise;
        }
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%d × %s, %,d MB, %s, %s, load %.1f at the start%s",
                processors,
                processor,
                memoryMegabytes,
                system,
                jvm,
                load,
                load > processors / 4.0 ? " (NOT QUIET: figures are too low)" : "");
    }
}
