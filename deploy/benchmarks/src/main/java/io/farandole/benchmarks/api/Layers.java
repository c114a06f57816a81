package io.farandole.benchmarks.api;

import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time goes, by the samples of a recording: each counts for the layer of the first frame
 * from the top that is of one; all that reads the whole of the offers counts for that, whatever it
 * does there.
 */
final class Layers {

    private static final String ALL_OFFERS = "reading all offers again";
    private static final String OTHER = "other";
    private static final int HOT = 15;

    // In this order: the first that a class's name begins with.
    private static final Map<String, String> BY_NAME = byName();

    private Layers() {}

    private static Map<String, String> byName() {
        Map<String, String> layers = new LinkedHashMap<>();
        layers.put("io.farandole.gateway.eligibility", "rules, mixing, distance");
        layers.put("io.farandole.gateway.zones", "rules, mixing, distance");
        layers.put("org.locationtech", "rules, mixing, distance");
        layers.put("io.farandole.gateway.impressions", "impressions");
        layers.put("io.farandole.gateway.publishing", "impressions");
        layers.put("io.farandole.events", "impressions");
        layers.put("com.google", "impressions");
        layers.put("io.grpc", "impressions");
        layers.put("io.farandole.gateway.offers.CatalogueRow", "reading rows");
        layers.put("io.farandole.gateway.offers.Reading", "reading rows");
        layers.put("io.farandole.gateway.offers", "offers in memory");
        layers.put("io.farandole.gateway.playlists.ReadingUsers", "reading rows");
        layers.put("io.farandole.gateway.playlists", "choosing");
        layers.put("io.farandole.gateway.scenarios", "choosing");
        layers.put("io.farandole.gateway.store", "deadlines and breakers");
        layers.put("io.github.resilience4j", "deadlines and breakers");
        layers.put("io.farandole.gateway", "access, parameters, log of calls");
        layers.put("ch.qos.logback", "access, parameters, log of calls");
        layers.put("tools.jackson", "JSON");
        layers.put("com.fasterxml", "JSON");
        layers.put("io.r2dbc", "R2DBC driver and pool");
        layers.put("org.springframework.r2dbc", "R2DBC driver and pool");
        layers.put("org.springframework", "Spring WebFlux");
        layers.put("io.micrometer", "observations and metrics");
        layers.put("reactor.netty", "Netty");
        layers.put("io.netty", "Netty");
        layers.put("reactor", "Reactor");
        return layers;
    }

    /** A row a layer, and the hottest methods in a note. */
    static void tell(Path recording, Findings findings) throws IOException {
        Map<String, Integer> layers = new TreeMap<>();
        Map<String, Integer> methods = new TreeMap<>();
        int all = 0;
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                RecordedStackTrace stack = event.getStackTrace();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")
                        && stack != null
                        && !stack.getFrames().isEmpty()) {
                    layers.merge(layer(stack.getFrames()), 1, Integer::sum);
                    methods.merge(name(stack.getFrames().getFirst()), 1, Integer::sum);
                    all++;
                }
            }
        }
        int samples = Math.max(1, all);
        sorted(layers)
                .forEach(
                        entry ->
                                findings.row(
                                        Row.of(
                                                "  " + entry.getKey(),
                                                "% of samples",
                                                List.of(100.0 * entry.getValue() / samples))));
        findings.note(
                "Hottest of "
                        + all
                        + " samples: "
                        + sorted(methods).stream()
                                .limit(HOT)
                                .map(
                                        entry ->
                                                "%s %.1f %%"
                                                        .formatted(
                                                                entry.getKey(),
                                                                100.0 * entry.getValue() / samples))
                                .collect(Collectors.joining("; ")));
    }

    private static List<Map.Entry<String, Integer>> sorted(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .toList();
    }

    /**
     * @param frames the top one first
     */
    static String layer(List<RecordedFrame> frames) {
        return layerOf(frames.stream().map(Layers::name).toList());
    }

    /**
     * @param names of methods with their classes, the top one first
     */
    static String layerOf(List<String> names) {
        if (names.stream().anyMatch(Layers::readsAll)) {
            return ALL_OFFERS;
        }
        for (String name : names) {
            for (Map.Entry<String, String> layer : BY_NAME.entrySet()) {
                if (name.startsWith(layer.getKey())) {
                    return layer.getValue();
                }
            }
        }
        return OTHER;
    }

    private static boolean readsAll(String name) {
        return name.startsWith("io.farandole.gateway.offers.ReadingCatalogue.lambda$all")
                || name.startsWith("io.farandole.gateway.offers.OfferMemory.order")
                || (name.startsWith("io.farandole.gateway.offers.Offers.")
                        && name.contains("read"));
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
