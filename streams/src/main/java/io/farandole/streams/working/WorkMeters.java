package io.farandole.streams.working;

import io.farandole.streams.batch.Generation;
import io.farandole.streams.batch.WorkEnd;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Long work in numbers; tags name processors, generations and works. */
final class WorkMeters {

    private final MeterRegistry meters;
    private final Tags tags;
    private final List<Gauge> gauges;

    /**
     * @param queued how many works wait or are under way
     * @param running for how many seconds one is under way here, 0 while none is
     */
    WorkMeters(
            MeterRegistry meters,
            Generation generation,
            Supplier<Number> queued,
            Supplier<Number> running) {
        this.meters = meters;
        this.tags =
                Tags.of(
                        "processor",
                        generation.processor(),
                        "generation",
                        Integer.toString(generation.number()));
        this.gauges =
                List.of(
                        Gauge.builder("farandole.work.queued", queued)
                                .description(
                                        "Works that are queued or under way, here or elsewhere")
                                .tags(tags)
                                .register(meters),
                        Gauge.builder("farandole.work.running", running)
                                .description("For how long a work is under way here")
                                .baseUnit("seconds")
                                .tags(tags)
                                .register(meters));
    }

    void ended(String work, WorkEnd end, Duration took) {
        Timer.builder("farandole.work.performed")
                .description("Performings of works, by how they ended")
                .tags(tags)
                .tag("work", work)
                .tag("outcome", end.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(took);
    }

    /** What is watched ends; timers stay. */
    void close() {
        gauges.forEach(meters::remove);
    }
}
