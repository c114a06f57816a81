package io.farandole.pubsub;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.time.Times;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** The streams and pulls that a subscription serves, in turn; for one thread at a time. */
final class Receivers {

    private static final byte[] NO_PROPERTIES = {};

    private final SubscriptionQueue queue;
    private final Times times;
    private final DeliveryFaults faults;
    private final BiConsumer<PullStream, Status> kill;
    private final List<PullStream> streams = new ArrayList<>();
    private final ArrayDeque<PullCall> pulls = new ArrayDeque<>();
    private byte[] streamProperties = NO_PROPERTIES;
    private long leaseOfPullsMillis;
    private int turn;

    /** {@code kill} is called by the timer. */
    Receivers(
            SubscriptionQueue queue,
            Times times,
            DeliveryFaults faults,
            BiConsumer<PullStream, Status> kill) {
        this.queue = queue;
        this.times = times;
        this.faults = faults;
        this.kill = kill;
    }

    /** Clients learn from responses how they are to treat messages, also when that changes. */
    void define(Subscription definition) {
        leaseOfPullsMillis = definition.getAckDeadlineSeconds() * 1000L;
        byte[] before = streamProperties;
        streamProperties = PullStream.properties(definition);
        if (!Arrays.equals(before, streamProperties)) {
            streams.forEach(this::tell);
        }
    }

    void open(PullStream stream) {
        streams.add(stream);
        tell(stream);
    }

    List<PullStream> streams() {
        return List.copyOf(streams);
    }

    /** Says whether the stream was open. */
    boolean leave(PullStream stream) {
        return streams.remove(stream);
    }

    /** Answers a ping of a client that watches whether the stream is alive. */
    void pong(PullStream stream) {
        if (streams.contains(stream)) {
            tell(stream);
        }
    }

    private void tell(PullStream stream) {
        stream.send(new Handout(0, streamProperties));
    }

    /** Sends a response that holds no messages. */
    void send(PullStream stream, StreamingPullResponse response) {
        if (streams.contains(stream)) {
            // the parts of a response one after the other are the whole of it
            ByteString whole =
                    ByteString.copyFrom(streamProperties).concat(response.toByteString());
            stream.send(new Handout(0, whole.toByteArray()));
        }
    }

    void wait(PullCall call) {
        pulls.add(call);
    }

    boolean waits(PullCall call) {
        return pulls.contains(call);
    }

    /** Answers a pull that still waits with nothing. */
    void giveUp(PullCall call) {
        if (pulls.remove(call)) {
            call.answer(new Handout(0, NO_PROPERTIES));
        }
    }

    boolean none() {
        return streams.isEmpty() && pulls.isEmpty();
    }

    void end(Status status) {
        for (PullStream stream : List.copyOf(streams)) {
            stream.end(status);
        }
        streams.clear();
        pulls.forEach(call -> call.response().onError(status.asException()));
        pulls.clear();
    }

    /** Hands out what there is to all who have room, in turn. */
    void serve() {
        boolean more = queue.waiting() > 0;
        while (more) {
            more = false;
            int open = streams.size();
            int share =
                    open <= 1
                            ? Handout.MAX_MESSAGES
                            : Math.clamp(queue.waiting() / open, 1, Handout.MAX_MESSAGES);
            for (int i = 0; i < open && queue.waiting() > 0; i++) {
                PullStream stream = streams.get((turn + i) % open);
                more |= stream.isReady() && send(stream, share);
            }
            turn++;
        }
        while (!pulls.isEmpty() && queue.waiting() > 0 && answer(pulls.getFirst())) {
            pulls.removeFirst();
        }
    }

    private boolean send(PullStream stream, int share) {
        Handout handout = new Handout(share, streamProperties);
        queue.fill(stream.receiver(), handout, times.millis() + stream.leaseMillis());
        if (handout.isEmpty()) {
            return false;
        }
        stream.send(handout);
        faults.handedOut(handout, times.millis())
                .ifPresent(status -> times.after(0, () -> kill.accept(stream, status)));
        return true;
    }

    private boolean answer(PullCall call) {
        Handout handout = new Handout(call.maxMessages(), NO_PROPERTIES);
        queue.fill(call.receiver(), handout, times.millis() + leaseOfPullsMillis);
        if (handout.isEmpty()) {
            return false;
        }
        call.answer(handout);
        faults.handedOut(handout, times.millis());
        return true;
    }
}
