package io.farandole.benchmarks.kafka;

import io.farandole.benchmarks.counting.Awaiting;
import io.farandole.benchmarks.counting.Course;
import org.apache.kafka.common.errors.WakeupException;

/** Tells what is committed as it comes. */
final class Watching implements Course.Watch {

    private final Changelog changelog;
    private final Thread thread;

    Watching(String broker, String application, Awaiting awaiting) {
        changelog = new Changelog(broker, application);
        thread = Thread.ofPlatform().name("watching").start(() -> watch(awaiting));
    }

    private void watch(Awaiting awaiting) {
        try (changelog) {
            while (true) {
                changelog.poll(awaiting::seen);
            }
        } catch (WakeupException _) {
            // Closed.
        }
    }

    @Override
    public void close() {
        changelog.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
