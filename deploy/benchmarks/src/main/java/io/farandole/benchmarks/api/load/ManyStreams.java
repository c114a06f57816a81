package io.farandole.benchmarks.api.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Streams of lists that stay open, each of which has had its list. */
final class ManyStreams implements Connection.Heard {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 32;

    private final EventLoopGroup thread;
    private final int port;
    private final List<Connection> open = new ArrayList<>();
    private final Set<Connection> served = new HashSet<>();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private int failures;

    ManyStreams(EventLoopGroup thread, int port) {
        this.thread = thread;
        this.port = port;
    }

    /** Returns when each has its list, or it is too late; how many failed. */
    int open(int count, int users) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            if (!places.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                break;
            }
            Connection connection = Connection.open(thread, port, () -> new Connection(this));
            open.add(connection);
            String path = "/v1/users/" + (1 + i % users) + "/recommendations/stream?limit=20";
            thread.execute(() -> connection.send(Requests.get(port, path, "text/event-stream")));
        }
        boolean all = places.tryAcquire(AT_ONCE, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return all && failures == 0 ? 0 : Math.max(1, count - served.size());
    }

    void close() {
        open.forEach(connection -> thread.execute(connection::close));
        open.clear();
    }

    @Override
    public void content(Connection connection, ByteBuf part) {
        if (part.isReadable() && served.add(connection)) {
            places.release();
        }
    }

    @Override
    public void answered(Connection connection, int status) {
        // A stream has no end.
        failures++;
        if (served.add(connection)) {
            places.release();
        }
    }
}
