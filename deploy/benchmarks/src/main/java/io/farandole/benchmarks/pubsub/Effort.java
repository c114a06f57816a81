package io.farandole.benchmarks.pubsub;

import java.time.Duration;

/**
 * The processor time that the server and its client spent: steadier than what a clock shows when
 * others are at work on the machine.
 */
record Effort(Duration server, Duration client) {

    static Effort until(Process server) {
        return new Effort(spent(server.toHandle()), spent(ProcessHandle.current()));
    }

    private static Duration spent(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    Effort since(Effort before) {
        return new Effort(server.minus(before.server), client.minus(before.client));
    }

    double serverMicros(int messages) {
        return server.toNanos() / 1e3 / messages;
    }

    double clientMicros(int messages) {
        return client.toNanos() / 1e3 / messages;
    }
}
