package io.farandole.streams.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiException;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopsTest {

    private static final OutboxKey ANN = new OutboxKey("activity", "user:ann");
    private static final OutboxKey BOB = new OutboxKey("activity", "user:bob");

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Stops stops = new Stops(nanos::get);

    @Test
    void leavesAFailedKeyOutForAWhileThatDoubles() {
        stops.failed(ANN, refused(Status.Code.INVALID_ARGUMENT));
        assertThat(stops.now().keys()).containsExactly(ANN);

        pass(Duration.ofMillis(600));
        assertThat(stops.now().keys()).isEmpty();

        stops.failed(ANN, refused(Status.Code.INVALID_ARGUMENT));
        pass(Duration.ofMillis(600));
        assertThat(stops.now().keys()).containsExactly(ANN);
        pass(Duration.ofMillis(600));
        assertThat(stops.now().keys()).isEmpty();
        assertThat(stops.size()).isEqualTo(1);
    }

    @Test
    void leavesTheWholeTopicOutWhenItIsToBlame() {
        stops.failed(ANN, refused(Status.Code.NOT_FOUND));
        stops.failed(BOB, refused(Status.Code.NOT_FOUND));

        assertThat(stops.now().topics()).containsExactly("activity");
        assertThat(stops.now().keys()).isEmpty();
        pass(Duration.ofMillis(600));
        assertThat(stops.now().topics()).as("one failure, not two").isEmpty();
    }

    @Test
    void leavesTheWholeTopicOutWhenManyOfItsKeysFail() {
        for (int i = 0; i < 300; i++) {
            stops.failed(new OutboxKey("activity", "user:" + i), new IllegalStateException());
        }

        assertThat(stops.now().topics()).containsExactly("activity");
        assertThat(stops.now().keys()).hasSize(200);
    }

    @Test
    void forgetsWhatSucceeds() {
        stops.failed(ANN, refused(Status.Code.INVALID_ARGUMENT));
        stops.failed(BOB, refused(Status.Code.PERMISSION_DENIED));

        stops.succeeded(ANN);

        assertThat(stops.size()).isZero();
        assertThat(stops.now().keys()).isEmpty();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static ApiException refused(Status.Code code) {
        return new ApiException(new IllegalStateException(), GrpcStatusCode.of(code), false);
    }
}
