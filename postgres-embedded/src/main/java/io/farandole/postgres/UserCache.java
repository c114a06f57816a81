package io.farandole.postgres;

import java.io.IOException;
import java.nio.file.Path;

/** Where this user's machine keeps what can be made again. */
final class UserCache {

    private UserCache() {}

    static Path directory() {
        Path preferred = preferred().resolve("farandole");
        try {
            return PrivateDirectory.at(preferred);
        } catch (IOException _) {
            // A user without a home of its own, as services often are.
            Path fallback =
                    Path.of(
                            System.getProperty("java.io.tmpdir"),
                            "farandole-cache-" + System.getProperty("user.name"));
            try {
                return PrivateDirectory.at(fallback);
            } catch (IOException e) {
                throw new PostgresFault(
                        PostgresFault.Reason.FILES,
                        "Neither "
                                + preferred
                                + " nor "
                                + fallback
                                + " can be created to unpack Postgres into.",
                        e);
            }
        }
    }

    private static Path preferred() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && !xdg.isBlank()) {
            return Path.of(xdg);
        }
        Path home = Path.of(System.getProperty("user.home"));
        return System.getProperty("os.name", "").startsWith("Mac")
                ? home.resolve("Library").resolve("Caches")
                : home.resolve(".cache");
    }
}
