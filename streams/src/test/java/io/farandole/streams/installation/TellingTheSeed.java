package io.farandole.streams.installation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints the seed of a test that failed; {@code -Dseed=…} runs it again. */
public final class TellingTheSeed implements TestWatcher {

    public static final long SEED = Long.getLong("seed", System.nanoTime());

    @Override
    public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
        System.out.println(test.getDisplayName() + " failed with -Dseed=" + SEED);
    }
}
