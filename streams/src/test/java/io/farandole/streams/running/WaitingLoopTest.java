package io.farandole.streams.running;

import static org.awaitility.Awaitility.await;

import io.farandole.streams.batch.Receipt;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class WaitingLoopTest {

    @Test
    void goesOnAfterAnErrorInViewOfEverybody() throws InterruptedException {
        AtomicBoolean broken = new AtomicBoolean(true);
        IntFunction<Receipt> retrying =
                _ -> {
                    if (broken.get()) {
                        throw new OutOfMemoryError("no room");
                    }
                    return Receipt.NOTHING;
                };
        WaitingLoop loop = new WaitingLoop("Retrying", 10, retrying, () -> {}, Clock.systemUTC());
        Thread thread = Thread.ofPlatform().start(loop);
        await().until(() -> loop.state() instanceof WorkerState.Failed);

        broken.set(false);

        await().until(() -> loop.state() instanceof WorkerState.Working);
        loop.close();
        thread.join();
    }
}
