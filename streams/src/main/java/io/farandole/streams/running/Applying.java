package io.farandole.streams.running;

import io.farandole.streams.Delivery;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.Receipt;
import java.util.List;

/** Applies a micro-batch in one transaction that is committed when it returns. */
@FunctionalInterface
interface Applying {
    Receipt apply(List<Delivery> batch, int worker) throws InfrastructureTrouble;
}
