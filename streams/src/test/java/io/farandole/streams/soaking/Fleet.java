package io.farandole.streams.soaking;

import static org.awaitility.Awaitility.await;

import io.farandole.streams.installation.Installation;
import java.io.IOException;
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

/**
 * Three instances in processes of their own, each replaced at once when it ends; not all are of one
 * version.
 */
final class Fleet implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration LONGEST_WINTER = Duration.ofMinutes(2);

    private final Installation installation;
    private final List<Process> instances = new ArrayList<>();
    private final List<Version> versions;
    private final List<Process> misfits = new ArrayList<>();
    private final Set<Process> frozen = ConcurrentHashMap.newKeySet();
    private int started;
    private final List<CompletableFuture<Void>> thaws = new ArrayList<>();

    /**
     * @param versions of each at first
     */
    Fleet(Installation installation, Version... versions) throws IOException {
        this.installation = installation;
        this.versions = new ArrayList<>(List.of(versions));
        for (Version version : versions) {
            instances.add(start(version));
        }
    }

    int size() {
        return instances.size();
    }

    /** As kill -9, the kernel or a machine that is gone would end it. */
    void kill(int which) throws IOException, InterruptedException {
        instances.get(which).destroyForcibly().waitFor();
        instances.set(which, start(versions.get(which)));
    }

    /** As a deployment does: it drains and ends, and one of the other version comes. */
    void roll(int which) throws IOException, InterruptedException {
        Process ending = instances.get(which);
        ending.destroy();
        if (!ending.waitFor(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("an instance did not stop within " + DRAIN);
        }
        Version other = versions.get(which).other();
        versions.set(which, other);
        instances.set(which, start(other));
    }

    /** One comes that does not go with what the others keep. Returns at once. */
    void startMisfit() throws IOException {
        misfits.add(start(Version.OF_ANOTHER_SHAPE));
    }

    /**
     * Until each misfit has found out that it is one.
     *
     * @throws IllegalStateException if one found out nothing
     */
    void awaitRefusals() throws IOException, InterruptedException {
        for (Process misfit : misfits) {
            Process one = misfit;
            while (statusOf(one) == FleetInstance.NOT_STARTED) {
                one = start(Version.OF_ANOTHER_SHAPE);
            }
            if (statusOf(one) != FleetInstance.REFUSED) {
                throw new IllegalStateException(
                        "an instance of another shape ended with status " + statusOf(one));
            }
        }
        misfits.clear();
    }

    private static int statusOf(Process one) throws InterruptedException {
        if (!one.waitFor(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("an instance of another shape runs");
        }
        return one.exitValue();
    }

    /**
     * A zombie: it holds what it held, and goes on after a while as if no time had passed. Returns
     * at once; nothing else happens to it meanwhile.
     */
    void freeze(int which, Duration length) throws IOException, InterruptedException {
        Process one = instances.get(which);
        while (!signal("STOP", one)) {
            // What could not start, while Postgres or the broker was away, is gone.
            lookAfter();
            one = instances.get(which);
        }
        Process standing = one;
        frozen.add(standing);
        // The common pool may be one thread, and somebody publishes on it.
        Executor later =
                CompletableFuture.delayedExecutor(
                        length.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);
        thaws.add(CompletableFuture.runAsync(() -> thaw(standing), later));
    }

    private void thaw(Process one) {
        try {
            if (!signal("CONT", one)) {
                throw new IllegalStateException("SIGCONT could not be sent");
            }
            frozen.remove(one);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that does not stand still. */
    int awake(Random random) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (!frozen.contains(instances.get(i))) {
                all.add(i);
            }
        }
        if (all.isEmpty()) {
            await().atMost(LONGEST_WINTER).until(() -> frozen.size() < size());
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
        for (int i = 0; i < size(); i++) {
            Process one = instances.get(i);
            if (!one.isAlive()) {
                if (one.exitValue() != FleetInstance.NOT_STARTED) {
                    throw new IllegalStateException(
                            "an instance ended by itself, with status " + one.exitValue());
                }
                instances.set(i, start(versions.get(i)));
            }
        }
    }

    @Override
    public void close() {
        awaitThaw();
        misfits.forEach(Process::destroyForcibly);
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

    /** Whether it could be sent: to what has ended it cannot. */
    private static boolean signal(String name, Process one)
            throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("kill", "-" + name, Long.toString(one.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
        if (status != 0 && one.isAlive()) {
            throw new IllegalStateException("SIG" + name + " could not be sent");
        }
        return status == 0;
    }

    private Process start(Version version) throws IOException {
        Path log = Path.of("target", "soak-instance-" + ++started + ".log");
        return FleetInstance.start(installation, version, log);
    }
}
