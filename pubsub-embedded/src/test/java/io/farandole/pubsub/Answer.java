package io.farandole.pubsub;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands in for the connection of a call, and keeps what was answered. */
class Answer<T> extends ServerCallStreamObserver<T> {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<T> values = new ArrayList<>();
    private volatile @Nullable Status refusal;

    /** The one value, once there is one; nothing if the call was refused. */
    @Nullable T await(Duration atMost) {
        try {
            if (!ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("no answer came within " + atMost);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return refusal == null ? values().getFirst() : null;
    }

    @Nullable Status refusal() {
        return refusal;
    }

    /** All that came so far, on a stream. */
    synchronized List<T> values() {
        return List.copyOf(values);
    }

    boolean isDone() {
        return ended.getCount() == 0;
    }

    @Override
    public synchronized void onNext(T value) {
        values.add(value);
    }

    @Override
    public void onError(Throwable thrown) {
        refusal = Status.fromThrowable(thrown);
        ended.countDown();
    }

    @Override
    public void onCompleted() {
        ended.countDown();
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
}
