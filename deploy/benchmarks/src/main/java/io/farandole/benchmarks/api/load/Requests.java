package io.farandole.benchmarks.api.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Requests of anybody, from anywhere in the middle of the zones: every other one for what is near,
 * the others for what is in the zone.
 */
final class Requests {

    private static final int RADIUS_METRES = 20_000;
    private static final int MARGIN_ROWS = 2;
    private static final int MARGIN_COLUMNS = 5;

    private final int port;
    private final int users;
    private final Kind kind;
    private final SplittableRandom random;
    private int made;

    /**
     * @param users are called 1 to this
     */
    Requests(int port, int users, Kind kind, long seed) {
        this.port = port;
        this.users = users;
        this.kind = kind;
        this.random = new SplittableRandom(seed);
    }

    ByteBuf next() {
        return get(port, path(), "application/json");
    }

    static ByteBuf get(int port, String path, String accepted) {
        return Unpooled.copiedBuffer(
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: 127.0.0.1:"
                        + port
                        + "\r\nAccept: "
                        + accepted
                        + "\r\n\r\n",
                StandardCharsets.US_ASCII);
    }

    private String path() {
        int user = 1 + random.nextInt(users);
        return switch (kind) {
            case BARE -> "/bare/" + user;
            case LIST -> list(user);
        };
    }

    private String list(int user) {
        int row = MARGIN_ROWS + random.nextInt(Grid.ROWS - 2 * MARGIN_ROWS);
        int column = MARGIN_COLUMNS + random.nextInt(Grid.COLUMNS - 2 * MARGIN_COLUMNS);
        return String.format(
                Locale.ROOT,
                "/v1/users/%d/playlists?limit=20&latitude=%.5f&longitude=%.5f&%s",
                user,
                Grid.SOUTH + (row + random.nextDouble()) * Grid.HEIGHT,
                Grid.WEST + (column + random.nextDouble()) * Grid.WIDTH,
                made++ % 2 == 0 ? "radius=" + RADIUS_METRES : "zone=" + Grid.zone(row, column));
    }
}
