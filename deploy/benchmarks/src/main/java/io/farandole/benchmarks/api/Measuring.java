package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.load.Load;
import io.farandole.benchmarks.api.serving.Gateway;
import io.farandole.benchmarks.api.serving.Platform;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Findings;
import io.farandole.local.culture.Scale;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Measures part by part; those that need the same are measured on the same. */
public final class Measuring {

    private static final Set<Part> WITHOUT_BROKER = EnumSet.of(Part.RATE, Part.MEMORY);
    private static final Set<Part> WITH_BROKER =
            EnumSet.of(Part.CONSUMERS, Part.LATENCY, Part.CHANGES, Part.STREAMS);

    private final Sizes sizes;
    private final Findings findings;
    private final Path directory;

    /**
     * @param directory for all that is written on the way
     */
    public Measuring(Extent extent, Findings findings, Path directory) {
        this.sizes = Sizes.of(extent);
        this.findings = findings;
        this.directory = directory;
    }

    /**
     * @param recording where the API's process is recorded to, if it is to be
     */
    public void measure(Set<Part> parts, Optional<Path> recording) throws Exception {
        findings.beside("bare endpoint");
        if (isAny(parts, WITHOUT_BROKER) || isAny(parts, WITH_BROKER)) {
            try (Filled filled = Filled.with(sizes.scale(), directory.resolve("usual"), findings)) {
                if (isAny(parts, WITHOUT_BROKER)) {
                    withoutBroker(filled, parts, recording);
                }
                if (isAny(parts, WITH_BROKER)) {
                    withBroker(filled, parts);
                }
            }
        }
        if (parts.contains(Part.FRESHNESS)) {
            try (Filled filled = Filled.with(sizes.fresh(), directory.resolve("fresh"), findings)) {
                new Following(filled, sizes, findings).measure();
            }
        }
        if (parts.contains(Part.GROWTH)) {
            for (Scale scale : sizes.growth()) {
                try (Filled filled =
                        Filled.with(
                                scale, directory.resolve("growth-" + scale.offers()), findings)) {
                    new Growing(filled, sizes, findings).measure(scale);
                }
            }
        }
    }

    private void withoutBroker(Filled filled, Set<Part> parts, Optional<Path> recording)
            throws Exception {
        findings.say("Starting the API, its broker away");
        try (Gateway gateway = filled.installation().gateway();
                Load load = Load.start(gateway.port(), sizes.scale().users())) {
            Answering answering = new Answering(filled, gateway, load, sizes, findings);
            answering.check();
            if (recording.isPresent()) {
                answering.record(recording.get());
                return;
            }
            if (parts.contains(Part.RATE)) {
                answering.intoOutbox();
            }
            if (parts.contains(Part.MEMORY)) {
                new Lasting(filled, gateway, load, sizes, findings).measure();
            }
        }
    }

    private void withBroker(Filled filled, Set<Part> parts) throws Exception {
        findings.say("Starting broker, processors and the API");
        try (Platform platform = filled.installation().platform();
                Gateway gateway = filled.installation().gateway(platform);
                Load load = Load.start(gateway.port(), sizes.scale().users())) {
            Answering answering = new Answering(filled, gateway, load, sizes, findings);
            answering.check();
            if (parts.contains(Part.CONSUMERS)) {
                answering.withConsumers(platform);
            }
            if (parts.contains(Part.LATENCY)) {
                new Punctual(gateway, load, sizes, findings).measure();
            }
            if (parts.contains(Part.CHANGES)) {
                new Changing(filled, platform, load, sizes, findings).measure();
            }
            if (parts.contains(Part.STREAMS)) {
                new Open(gateway, load, sizes, findings).measure();
            }
        }
    }

    private static boolean isAny(Set<Part> parts, Set<Part> these) {
        return these.stream().anyMatch(parts::contains);
    }
}
