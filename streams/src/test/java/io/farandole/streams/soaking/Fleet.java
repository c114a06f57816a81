package io.farandole.streams.soaking;

import static org.awaitility.Awaitility.await;

import io.farandole.streams.installation.ChildInstance;
import io.farandole.streams.installation.Installation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Three instances in processes of their own, each replaced at once when it ends. */
final class Fleet implements AutoCloseable {

    private static final int SIZE = 3;
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration LONGEST_WINTER = Duration.ofMinutes(2);

    private final Installation installation;
    private final List<Process> instances = new ArrayList<>();
    private final Set<Process> frozen = ConcurrentHashMap.newKeySet();
    private int started;
    private final List<CompletableFuture<Void>> thaws = new ArrayList<>();

    Fleet(Installation installation) throws IOException {
        this.installation = installation;
        for (int i = 0; i < SIZE; i++) {
            instances.add(start());
        }
    }

    /** As kill -9, the kernel or a machine that is gone would end it. */
    void kill(int which) throws IOException, InterruptedException {
        instances.get(which).destroyForcibly().waitFor();
        instances.set(which, start());
    }

    /** As a deployment does: it drains and ends, and another one comes. */
    void roll(int which) throws IOException, InterruptedException {
        Process ending = instances.get(which);
        ending.destroy();
        if (!ending.waitFor(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("an instance did not stop within " + DRAIN);
        }
        instances.set(which, start());
    }

    /**
     * A zombie: it holds what it held, and goes on after a while as if no time had passed. Returns
     * at once; nothing else happens to it meanwhile.
     */
    void freeze(int which, Duration length) throws IOException, InterruptedException {
        Process one = instances.get(which);
        signal("STOP", one);
        frozen.add(one);
        Executor later =
                CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS);
        thaws.add(CompletableFuture.runAsync(() -> thaw(one), later));
    }

    private void thaw(Process one) {
        try {
            signal("CONT", one);
            frozen.remove(one);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that does not stand still. */
    int awake(Random random) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            if (!frozen.contains(instances.get(i))) {
                all.add(i);
            }
        }
        if (all.isEmpty()) {
            await().atMost(LONGEST_WINTER).until(() -> frozen.size() < SIZE);
            return awake(random);
        }
        return all.get(random.nextInt(all.size()));
    }

    /** Until none stands still. */
    void awaitThaw() {
        thaws.forEach(CompletableFuture::join);
    }

    /**
     * Starts those again that could not start.
     *
     * @throws IllegalStateException if one ended after its start although nobody ended it
     */
    void lookAfter() throws IOException {
        for (int i = 0; i < SIZE; i++) {
            Process one = instances.get(i);
            if (!one.isAlive()) {
                if (one.exitValue() != FleetInstance.NOT_STARTED) {
                    throw new IllegalStateException(
                            "an instance ended by itself, with status " + one.exitValue());
                }
                instances.set(i, start());
            }
        }
    }

    @Override
    public void close() {
        awaitThaw();
        instances.forEach(Process::destroy);
        for (Process one : instances) {
            try {
                one.onExit().get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                one.destroyForcibly();
                throw new IllegalStateException("an instance did not stop within " + DRAIN, e);
            }
        }
    }

    private static void signal(String name, Process one) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-" + name, Long.toString(one.pid()))
                        .inheritIO()
                        .start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("SIG" + name + " could not be sent");
        }
    }

    private Process start() throws IOException {
        Path log = Path.of("target", "soak-instance-" + ++started + ".log");
        return ChildInstance.start(installation, Redirect.to(log.toFile()), FleetInstance.class);
    }
}
