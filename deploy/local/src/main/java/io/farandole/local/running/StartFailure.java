package io.farandole.local.running;

import com.google.common.base.Throwables;
import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.postgres.PostgresFault;
import io.farandole.pubsub.PortInUseException;
import io.farandole.pubsub.journal.JournalException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a part did not start, in words and an exit code. */
final class StartFailure {

    private static final Logger LOG = LoggerFactory.getLogger(StartFailure.class);

    private StartFailure() {}

    static Failure of(RuntimeException e) {
        return switch (e) {
            case Failure failure -> failure;
            case PostgresFault fault ->
                    new Failure(
                            switch (fault.reason()) {
                                case DIRECTORY_IN_USE, PORT_TAKEN -> ExitCode.IN_USE;
                                default -> ExitCode.FAILED;
                            },
                            String.valueOf(fault.getMessage()),
                            fault);
            case PortInUseException taken ->
                    new Failure(ExitCode.IN_USE, String.valueOf(taken.getMessage()), taken);
            case JournalException journal ->
                    new Failure(ExitCode.FAILED, String.valueOf(journal.getMessage()), journal);
            default -> {
                LOG.error("A part did not start", e);
                yield takenMeanwhile(e)
                        .orElseGet(
                                () ->
                                        new Failure(
                                                ExitCode.FAILED,
                                                "A part did not start: "
                                                        + Throwables.getRootCause(e),
                                                e));
            }
        };
    }

    /** Between the look at the ports and the servers' own binding, another program can come. */
    private static Optional<Failure> takenMeanwhile(RuntimeException e) {
        return Throwables.getCausalChain(e).stream()
                .filter(org.springframework.boot.web.server.PortInUseException.class::isInstance)
                .map(org.springframework.boot.web.server.PortInUseException.class::cast)
                .findFirst()
                .map(taken -> Ports.taken(taken.getPort(), e));
    }
}
