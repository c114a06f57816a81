package io.farandole.benchmarks.api;

import io.farandole.benchmarks.report.Extent;
import io.farandole.local.culture.Scale;
import java.time.Duration;
import java.util.List;

/**
 * How much of each is measured.
 *
 * @param scale of what is served
 * @param growth of what is served in turn, to see how answers grow dear
 * @param fresh of what is served while it is looked at how fresh lists are
 * @param warmUp how long each is asked before it counts
 * @param round how long a round takes
 * @param open how long it is asked at a steady rate
 * @param perSecond that rate
 * @param events how many a second change lists
 * @param watched of these, events that are followed from the publisher to the stream
 * @param streams that are open at a time
 * @param lasting how long the load lasts under which the heap is looked at
 * @param look how long between two looks
 */
record Sizes(
        Scale scale,
        List<Scale> growth,
        Scale fresh,
        Duration warmUp,
        int rounds,
        Duration round,
        Duration open,
        int perSecond,
        int events,
        int watched,
        int streams,
        Duration lasting,
        Duration look) {

    static final int CONNECTIONS = 64;

    // After 12 s of load the compilers of two cores are still at work, and lists half as fast.
    private static final Duration WARM = Duration.ofSeconds(30);

    private static final Scale BRIEF = new Scale(200, 40);
    private static final Scale FULL = new Scale(50_000, 20_000);
    // Three fifths as many items: ten thousand.
    private static final Scale FRESH = new Scale(16_667, 4_000);

    static Sizes of(Extent extent) {
        return extent.pick(
                new Sizes(
                        BRIEF,
                        List.of(new Scale(100, 10)),
                        BRIEF,
                        Duration.ofMillis(500),
                        1,
                        Duration.ofMillis(500),
                        Duration.ofMillis(800),
                        100,
                        20,
                        5,
                        20,
                        Duration.ofMillis(600),
                        Duration.ofMillis(300)),
                new Sizes(
                        FULL,
                        List.of(new Scale(5_000, 2_000), new Scale(50_000, 2_000)),
                        FRESH,
                        WARM,
                        5,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(30),
                        500,
                        500,
                        500,
                        5_000,
                        Duration.ofSeconds(100),
                        Duration.ofSeconds(10)),
                new Sizes(
                        FULL,
                        List.of(
                                new Scale(5_000, 2_000),
                                new Scale(50_000, 2_000),
                                new Scale(500_000, 2_000)),
                        FRESH,
                        WARM,
                        9,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        500,
                        500,
                        1_000,
                        5_000,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(30)));
    }
}
