package io.farandole.local.running;

import io.farandole.orchestrator.verifying.Verdict;
import io.farandole.orchestrator.verifying.Verifying;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Computes the state anew, told at the management port: the archive is this process's alone. */
@Endpoint(id = "verify")
final class VerifyEndpoint {

    private final AtomicReference<@Nullable Verifying> verifying = new AtomicReference<>();

    /** Until this is said, nothing is found. */
    void of(Verifying ready) {
        verifying.set(ready);
    }

    /** Null, which is answered by 404, while the archive is not open yet. One at a time. */
    @ReadOperation
    synchronized @Nullable Verdict verdict() throws IOException {
        Verifying ready = verifying.get();
        return ready == null ? null : ready.verify();
    }
}
