package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.load.Load;
import io.farandole.benchmarks.api.serving.Gateway;
import io.farandole.benchmarks.api.serving.Platform;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Findings;
import io.farandole.local.culture.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Measures part by part; those that need the same are measured on the same. */
public final class Measuring {

    private static final Set<Part> WITHOUT_BROKER = EnumSet.of(Part.RATE, Part.MEMORY);
    private static final Set<Part> WITH_BROKER =
            EnumSet.of(Part.CONSUMERS, Part.LATENCY, Part.CHANGES, Part.STREAMS);

    private final Extent extent;
    private final Sizes sizes;
    private final Findings findings;
    private final Path directory;

    /**
     * @param directory for all that is written on the way
     */
    public Measuring(Extent extent, Findings findings, Path directory) {
        this.extent = extent;
        this.sizes = Sizes.of(extent);
        this.findings = findings;
        this.directory = directory;
    }

    /**
     * @param recording where the API's process is recorded to, if it is to be
     */
    public void measure(Set<Part> parts, Optional<Path> recording) throws Exception {
        findings.beside("bare endpoint");
        boolean freshApart = !sizes.fresh().equals(sizes.scale());
        if (!freshApart || isAny(parts, WITHOUT_BROKER) || isAny(parts, WITH_BROKER)) {
            try (Filled filled = filled(sizes.scale())) {
                if (isAny(parts, WITH_BROKER)) {
                    withBroker(filled, parts);
                }
                if (!freshApart && parts.contains(Part.FRESHNESS)) {
                    new Following(filled, sizes, findings).measure();
                }
                if (isAny(parts, WITHOUT_BROKER)) {
                    filled.stopPlatform();
                    withoutBroker(filled, parts, recording);
                }
            }
        }
        if (freshApart && parts.contains(Part.FRESHNESS)) {
            try (Filled filled = filled(sizes.fresh())) {
                new Following(filled, sizes, findings).measure();
            }
        }
        if (parts.contains(Part.GROWTH)) {
            for (Scale scale : sizes.growth()) {
                try (Filled filled = filled(scale)) {
                    filled.stopPlatform();
                    new Growing(filled, sizes, findings).measure(scale);
                }
            }
        }
    }

    private Filled filled(Scale scale) throws IOException, SQLException {
        return Filled.with(
                scale,
                directory.resolve(scale.offers() + "-offers"),
                extent == Extent.MOMENT,
                findings);
    }

    private void withoutBroker(Filled filled, Set<Part> parts, Optional<Path> recording)
            throws Exception {
        findings.say("Starting the API, its broker without the topic of impressions");
        try (Platform broker = filled.installation().withoutImpressions();
                Gateway gateway = filled.installation().gateway(broker);
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
        findings.say("Starting the API");
        Platform platform = filled.platform();
        try (Gateway gateway = filled.installation().gateway(platform);
                Load load = Load.start(gateway.port(), sizes.scale().users())) {
            Answering answering = new Answering(filled, gateway, load, sizes, findings);
            answering.check();
            if (parts.contains(Part.CONSUMERS)) {
                answering.withConsumers(platform);
            }
            if (parts.contains(Part.LATENCY)) {
                new Punctual(gateway, platform, load, sizes, findings).measure();
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
