package io.farandole.benchmarks.api.load;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks so many times a second, whatever became of those before, and measures from when a request
 * was due: one that is slow does not hide those that wait behind it.
 */
final class OpenLoop implements Connection.Heard {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Requests requests;
    private final Millis millis = new Millis();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Long> waiting = new ArrayDeque<>();
    private final CountDownLatch left;
    private long failures;

    private OpenLoop(Requests requests, int count) {
        this.requests = requests;
        this.left = new CountDownLatch(count);
    }

    static Measured run(
            EventLoopGroup thread,
            int port,
            Requests requests,
            int connections,
            int perSecond,
            Duration time)
            throws InterruptedException {
        int count = (int) (time.toMillis() * perSecond / 1_000);
        OpenLoop loop = new OpenLoop(requests, count);
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            open.add(Connection.open(thread, port, () -> new Connection(loop)));
        }
        loop.idle.addAll(open);
        long begin = System.nanoTime();
        for (int number = 0; number < count; number++) {
            long due = begin + number * 1_000_000_000L / perSecond;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            thread.execute(() -> loop.due(due));
        }
        boolean whole = loop.left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        open.forEach(connection -> thread.execute(connection::close));
        return Measured.of(
                loop.millis, loop.failures + (whole ? 0 : loop.left.getCount()), seconds);
    }

    private void due(long due) {
        Connection connection = idle.poll();
        if (connection == null) {
            waiting.add(due);
        } else {
            ask(connection, due);
        }
    }

    private void ask(Connection connection, long due) {
        connection.due = due;
        connection.send(requests.next());
    }

    @Override
    public void answered(Connection connection, int status) {
        if (status == 200) {
            millis.add(System.nanoTime() - connection.due);
        } else {
            failures++;
        }
        left.countDown();
        Long next = waiting.poll();
        if (status == Connection.GONE) {
            // One connection less; what it would have carried is missing at the end.
            return;
        }
        if (next == null) {
            idle.add(connection);
        } else {
            ask(connection, next);
        }
    }
}
