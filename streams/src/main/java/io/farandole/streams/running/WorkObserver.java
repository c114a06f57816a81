package io.farandole.streams.running;

import io.farandole.streams.batch.Receipt;
import java.util.List;

/** Told of every batch after its commit. */
@FunctionalInterface
interface WorkObserver {
    void applied(List<Held> batch, Receipt receipt, Took took);
}
