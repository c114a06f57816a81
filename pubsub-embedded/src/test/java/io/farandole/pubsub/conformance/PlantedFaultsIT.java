package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases see what they are there to see: each fault that is planted in the server breaks the
 * case that names it, and without it the case passes. Five by turns, all of them under chaos.
 */
class PlantedFaultsIT {

    /** A system property that chooses the five. */
    private static final String SEED = "farandole.conformance.seed";

    private static final int SAMPLE = 5;

    @Test
    void thereAreTwentyAtLeast() {
        assertThat(Fault.values()).hasSizeGreaterThanOrEqualTo(20);
    }

    @TestFactory
    Stream<DynamicTest> faultsAreCaught() {
        long seed = Long.getLong(SEED, System.currentTimeMillis());
        List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
        if (!Boolean.getBoolean("farandole.chaos")) {
            Collections.shuffle(faults, new Random(seed));
            faults = faults.subList(0, SAMPLE);
        }
        return faults.stream()
                .map(
                        fault ->
                                DynamicTest.dynamicTest(
                                        "%s (-D%s=%d)".formatted(fault, SEED, seed),
                                        () ->
                                                assertTimeoutPreemptively(
                                                        Duration.ofSeconds(60),
                                                        () -> isCaught(fault))));
    }

    private static void isCaught(Fault fault) {
        Case one = fault.caughtBy();
        assertThat(verdict(one, null, Duration.ofSeconds(10)))
                .as("%s without a fault", one)
                .isEqualTo(new Verdict.Kept());
        assertThat(verdict(one, fault, Duration.ofMillis(1_500)))
                .as("%s with the fault %s", one, fault)
                .isInstanceOf(Verdict.Broken.class);
    }

    private static Verdict verdict(Case one, @Nullable Fault fault, Duration patience) {
        try (Subject subject = FaultyServer.start(fault, patience, Duration.ofMillis(60))) {
            return one.on(subject);
        }
    }
}
