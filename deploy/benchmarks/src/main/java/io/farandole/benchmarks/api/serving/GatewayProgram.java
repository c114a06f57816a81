package io.farandole.benchmarks.api.serving;

import io.farandole.benchmarks.process.Asked;
import io.farandole.gateway.GatewayApplication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The API alone in its JVM, with the bare endpoint. Says its port when it is warm; then {@code
 * heap}, {@code meter NAME}, {@code record FILE} and {@code recorded}.
 */
final class GatewayProgram implements Asked.Opened {

    static final String SERVICE = "gateway";

    private static final Duration LOOK = Duration.ofMillis(100);

    // What one collection finds dead the next may still have to free.
    private static final int COLLECTIONS = 3;

    private final ConfigurableApplicationContext gateway;
    private @Nullable Recording recording;

    private GatewayProgram(Map<String, Object> settings) throws InterruptedException {
        gateway =
                Settings.run(
                        GatewayApplication.builder()
                                .initializers(
                                        context ->
                                                ((GenericApplicationContext) context)
                                                        .registerBean(BareAnswering.class)),
                        settings);
        ReactiveHealthIndicator warmUp = gateway.getBean("warmUp", ReactiveHealthIndicator.class);
        while (!isUp(warmUp.health().block())) {
            Thread.sleep(LOOK);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Asked.answer(
                first ->
                        new GatewayProgram(
                                Objects.requireNonNull(Settings.parse(first).get(SERVICE))));
    }

    private static boolean isUp(@Nullable Health health) {
        return health != null && health.getStatus().equals(Status.UP);
    }

    @Override
    public String greeting() {
        return Integer.toString(
                Objects.requireNonNull(((WebServerApplicationContext) gateway).getWebServer())
                        .getPort());
    }

    @Override
    public String to(String question) throws Exception {
        String[] words = question.split(" ", 2);
        return switch (words[0]) {
            case "heap" -> Long.toString(heap());
            case "meter" -> Double.toString(meter(words[1]));
            case "record" -> record(Path.of(words[1]));
            case "recorded" -> recorded();
            default -> throw new IllegalArgumentException(question);
        };
    }

    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** All of that name together, whatever their tags. */
    private double meter(String name) {
        return gateway.getBean(MeterRegistry.class).find(name).meters().stream()
                .mapToDouble(
                        meter ->
                                switch (meter) {
                                    case Counter counter -> counter.count();
                                    case Gauge gauge -> gauge.value();
                                    default -> 0;
                                })
                .sum();
    }

    private String record(Path file) throws Exception {
        Recording started = new Recording(Configuration.getConfiguration("profile"));
        started.setDestination(file);
        started.start();
        recording = started;
        return "started";
    }

    private String recorded() {
        Objects.requireNonNull(recording).close();
        return "written";
    }

    /** At once: a graceful end would wait for a broker that is away, and nobody measures it. */
    @Override
    public void close() {
        Runtime.getRuntime().halt(0);
    }
}
