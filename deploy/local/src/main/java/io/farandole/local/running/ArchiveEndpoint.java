package io.farandole.local.running;

import io.farandole.processors.archive.Archive;
import io.farandole.processors.archive.Extent;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** How much the archive holds, told at the management port: its file is this process's alone. */
@Endpoint(id = "archive")
final class ArchiveEndpoint {

    private final AtomicReference<@Nullable Archive> archive = new AtomicReference<>();

    /** It is open; until this is said, nothing is found. */
    void of(Archive opened) {
        archive.set(opened);
    }

    /** Null, which is answered by 404, while it is not open yet. */
    @ReadOperation
    @Nullable Extent extent() throws IOException {
        Archive opened = archive.get();
        return opened == null ? null : opened.extent();
    }
}
