package io.farandole.pubsub;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the changes of one resource wait for each other: what is there changes only once a change is
 * on disk, and the next has to be decided on what that one left. Changes of different resources
 * share their way to the disk.
 */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final Map<String, Lane> lanes = new HashMap<>();

    /** Those who want to change one resource, in the order in which they came. */
    private static final class Lane {
        final String name;
        final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        boolean underWay;

        /** One thread lets them go ahead, and not each from within the one before. */
        boolean served;

        Lane(String name) {
            this.name = name;
        }
    }

    /**
     * Makes the change once all earlier ones of that resource are applied, or have failed; perhaps
     * on the thread of one of these. The answer that it is given ends its turn.
     */
    <T> void take(String name, Reply<T> reply, Consumer<Reply<T>> change) {
        Lane lane;
        synchronized (this) {
            lane = lanes.computeIfAbsent(name, Lane::new);
            Lane itsOwn = lane;
            lane.waiting.add(() -> begin(itsOwn, reply, change));
        }
        serve(lane);
    }

    private <T> void begin(Lane lane, Reply<T> reply, Consumer<Reply<T>> change) {
        Turn<T> turn = new Turn<>(lane, reply);
        try {
            change.accept(new Reply<>(turn));
        } catch (RuntimeException e) {
            LOG.error("A change of {} failed", lane.name, e);
            turn.onError(Status.INTERNAL.withCause(e).asException());
        }
    }

    private void serve(Lane lane) {
        synchronized (this) {
            if (lane.served) {
                return;
            }
            lane.served = true;
        }
        for (Runnable next = next(lane); next != null; next = next(lane)) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next(Lane lane) {
        if (!lane.underWay && !lane.waiting.isEmpty()) {
            lane.underWay = true;
            return lane.waiting.remove();
        }
        lane.served = false;
        if (!lane.underWay) {
            lanes.remove(lane.name, lane);
        }
        return null;
    }

    private void ended(Lane lane) {
        synchronized (this) {
            lane.underWay = false;
        }
        serve(lane);
    }

    /** Passes one answer on, and lets the next begin. */
    private final class Turn<T> implements StreamObserver<T> {

        private final Lane lane;
        private final Reply<T> reply;
        private boolean ended;

        Turn(Lane lane, Reply<T> reply) {
            this.lane = lane;
            this.reply = reply;
        }

        @Override
        public void onNext(T value) {
            boolean given = false;
            try {
                reply.observer().onNext(value);
                given = true;
            } finally {
                if (!given) {
                    end(() -> {});
                }
            }
        }

        @Override
        public void onError(Throwable refusal) {
            end(() -> reply.observer().onError(refusal));
        }

        @Override
        public void onCompleted() {
            end(reply.observer()::onCompleted);
        }

        private void end(Runnable answer) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
            }
            try {
                answer.run();
            } finally {
                ended(lane);
            }
        }
    }
}
