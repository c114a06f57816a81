package io.farandole.streams.running;

import io.farandole.streams.batch.ComparingGenerations;
import io.farandole.streams.batch.Generation;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.KeptComparison;
import io.farandole.streams.batch.RegisteredGenerations;
import io.farandole.streams.endurance.Reasons;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a generation that came into SHADOW with the one that serves, once, in one instance; what
 * was found is kept. Until it is, it is tried again.
 */
final class Comparing implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Comparing.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Generation generation;
    private final DataSource database;
    private final RegisteredGenerations registered;
    private final ComparingGenerations comparing;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean isDone;

    Comparing(Generation generation, DataSource database) {
        this.generation = generation;
        this.database = database;
        this.registered = new RegisteredGenerations(database);
        this.comparing = new ComparingGenerations(database);
    }

    void close() {
        closed.countDown();
    }

    /** Whether what was found is kept, whoever found it. */
    boolean isDone() {
        return isDone;
    }

    @Override
    public void run() {
        try {
            while (!isDone) {
                isDone = comparison();
                if (!isDone && closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is one now. */
    private boolean comparison() {
        try (Alone alone = Alone.in(database, generation)) {
            if (comparing.kept(generation).isPresent()) {
                return true;
            }
            if (!alone.isHeld()) {
                return false;
            }
            Generation serving =
                    registered.active(generation.processor()).orElseThrow().generation();
            if (serving.id() == generation.id()) {
                // It was switched to before: who switched has judged it.
                return true;
            }
            KeptComparison kept = comparing.compareAndKeep(serving, generation);
            log.info(
                    "{} compared with {}: {} keys differ; {} events behind, {} ahead",
                    generation,
                    serving,
                    kept.found().unequal(),
                    kept.found().behind(),
                    kept.found().ahead());
            return true;
        } catch (InfrastructureTrouble trouble) {
            tell(trouble);
            return false;
        } catch (RuntimeException fault) {
            log.error("The comparison of {} failed; it is tried again", generation, fault);
            tell(fault);
            return false;
        }
    }

    private void tell(RuntimeException trouble) {
        log.warn("{} is not compared yet: {}", generation, trouble.getMessage());
        try {
            registered.trouble(generation, "it is not compared yet: " + Reasons.of(trouble));
        } catch (InfrastructureTrouble e) {
            log.debug("That could not be noted", e);
        }
    }
}
