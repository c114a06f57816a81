package io.farandole.local.running;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** What bounds the room that is taken, told at the management port. */
@Endpoint(id = "bounds")
final class BoundsEndpoint {

    private final AtomicReference<@Nullable Bounds> bounds = new AtomicReference<>();

    /** Until this is said, nothing is found. */
    void of(Bounds known) {
        bounds.set(known);
    }

    @ReadOperation
    @Nullable Bounds bounds() {
        return bounds.get();
    }
}
