package io.farandole.benchmarks.api.load;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Each connection asks again as soon as it is answered: how much can be answered. */
final class ClosedLoop implements Connection.Heard {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Requests requests;
    private final Millis millis = new Millis();
    private final CountDownLatch left;
    private long failures;
    private volatile boolean ends;

    private ClosedLoop(Requests requests, int connections) {
        this.requests = requests;
        this.left = new CountDownLatch(connections);
    }

    static Measured run(
            EventLoopGroup thread, int port, Requests requests, int connections, Duration time)
            throws InterruptedException {
        ClosedLoop loop = new ClosedLoop(requests, connections);
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            open.add(Connection.open(thread, port, () -> new Connection(loop)));
        }
        long begin = System.nanoTime();
        open.forEach(connection -> thread.execute(() -> loop.ask(connection)));
        Thread.sleep(time);
        loop.ends = true;
        double seconds = (System.nanoTime() - begin) / 1e9;
        boolean whole = loop.left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        open.forEach(connection -> thread.execute(connection::close));
        return Measured.of(
                loop.millis, loop.failures + (whole ? 0 : loop.left.getCount()), seconds);
    }

    private void ask(Connection connection) {
        connection.due = System.nanoTime();
        connection.send(requests.next());
    }

    @Override
    public void answered(Connection connection, int status) {
        if (status != 200) {
            failures++;
        } else if (!ends) {
            millis.add(System.nanoTime() - connection.due);
        }
        if (ends || status == Connection.GONE) {
            left.countDown();
        } else {
            ask(connection);
        }
    }
}
