package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.StreamingPullRequest;
import io.grpc.Status.Code;
import org.junit.jupiter.api.Test;

/** Google's clients try again what is UNAVAILABLE, and give up for good on what is NOT_FOUND. */
class StoppingTest {

    @Test
    void whoComesWhileTheServerStopsIsToldThatItStops() {
        LiveSubscription live;
        try (ServerLife server = new ServerLife(null, Storage.PAYLOAD_HEAP)) {
            assertThat(server.create("news")).isTrue();
            assertThat(server.subscribe("news", "reader", false)).isTrue();
            live = server.broker.subscription(ServerLife.subscription("reader")).orElseThrow();
        }
        Answer<Handout> pull = new Answer<>();
        live.pull(new PullCall(1, pull), 0);
        refused(pull);
        Answer<Handout> stream = new Answer<>();
        live.open(new PullStream(StreamingPullRequest.getDefaultInstance(), stream));
        refused(stream);
    }

    private static void refused(Answer<Handout> answer) {
        assertThat(answer.await(ServerLife.PATIENCE)).isNull();
        assertThat(answer.refusal())
                .extracting(status -> status.getCode())
                .isEqualTo(Code.UNAVAILABLE);
    }
}
