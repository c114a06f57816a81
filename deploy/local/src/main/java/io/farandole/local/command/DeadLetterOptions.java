package io.farandole.local.command;

import io.farandole.streams.batch.DeadLetterCause;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant, by what they are. */
final class DeadLetterOptions {

    @Option(names = "--processor", paramLabel = "NAME", description = "Those of this processor.")
    @Nullable String processor;

    @Option(names = "--topic", paramLabel = "NAME", description = "Those that came on this topic.")
    @Nullable String topic;

    @Option(
            names = "--cause",
            paramLabel = "CAUSE",
            description = "Those put aside for this: ${COMPLETION-CANDIDATES}.")
    @Nullable DeadLetterCause cause;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Those about this, such as user:42 or offer:7.")
    @Nullable String key;
}
