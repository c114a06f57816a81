package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import io.farandole.pubsub.Confirmation.Outcome;
import io.farandole.pubsub.journal.Journal;
import io.grpc.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which acknowledgement ids count with exactly-once delivery, and what clients are told. */
class ExactlyOnceTest {

    private final SubscriptionQueue queue = new SubscriptionQueue(true, 1);
    private final ExactlyOnce exactlyOnce = new ExactlyOnce(queue);
    private final Receiver receiver = new Receiver(0, 0);
    private final List<Long> done = new ArrayList<>();

    @Test
    void takesTheNewestIdOnly() {
        add(1, "");
        String old = take().getFirst();
        queue.expire(10_000);
        assertThat(acknowledge(old)).containsExactly(Map.entry(old, Outcome.INVALID));
        String young = take().getFirst();
        assertThat(acknowledge(old, young))
                .containsOnly(Map.entry(old, Outcome.INVALID), Map.entry(young, Outcome.DONE));
        assertThat(done).containsExactly(1L);
        assertThat(acknowledge(young)).containsExactly(Map.entry(young, Outcome.INVALID));
    }

    @Test
    void takesAKeyInOrderHoweverTheRequestIsOrdered() {
        add(1, "a", 2, "a", 3, "a", 4, "b");
        List<String> ids = take();
        assertThat(acknowledge(ids.get(2), ids.get(1)))
                .containsOnly(
                        Map.entry(ids.get(1), Outcome.UNORDERED),
                        Map.entry(ids.get(2), Outcome.UNORDERED));
        assertThat(queue.leased()).as("they may be tried again").isEqualTo(4);
        assertThat(acknowledge(ids.get(2), ids.get(3), ids.get(1), ids.get(0)))
                .hasSize(4)
                .allSatisfy((_, outcome) -> assertThat(outcome).isEqualTo(Outcome.DONE));
        assertThat(done).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void judgesEachDeadlineByItsOwnLease() {
        add(1, "a", 2, "a", 3, "");
        List<String> ids = take();
        assertThat(
                        exactlyOnce
                                .modify(
                                        List.of(ids.get(0), ids.get(1), ids.get(2), "junk"),
                                        List.of(0, 0, 30, 0),
                                        0)
                                .outcomes())
                .containsOnly(
                        Map.entry(ids.get(0), Outcome.DONE),
                        Map.entry(ids.get(1), Outcome.DONE),
                        Map.entry(ids.get(2), Outcome.DONE),
                        Map.entry("junk", Outcome.INVALID));
        queue.expire(20_000);
        assertThat(queue.leased()).isEqualTo(1);
    }

    @Test
    void answersOnceItIsWrittenAndSaysWhenItIsNot() {
        add(1, "", 2, "");
        List<String> ids = take();
        List<Confirmation> answers = new ArrayList<>();
        Confirmation confirmation =
                exactlyOnce.acknowledge(List.of(ids.getFirst(), "junk"), done::add);
        Journal.Commit commit = confirmation.onceWritten(answers::add);
        assertThat(answers).isEmpty();
        commit.durable();
        assertThat(answers).containsExactly(confirmation);

        Confirmation unwritten =
                exactlyOnce.acknowledge(List.of(ids.get(1)), done::add).unwritten();
        assertThat(unwritten.outcomes())
                .containsExactly(Map.entry(ids.get(1), Outcome.UNAVAILABLE));
        assertThat(unwritten.ofAcknowledgements().getAcknowledgeConfirmation())
                .satisfies(
                        told -> {
                            assertThat(told.getAckIdsCount()).isZero();
                            assertThat(told.getTemporaryFailedAckIdsList())
                                    .containsExactly(ids.get(1));
                        });
        assertThat(unwritten.failure())
                .hasValueSatisfying(
                        failure ->
                                assertThat(failure.getStatus().getCode())
                                        .isEqualTo(Status.Code.FAILED_PRECONDITION));
    }

    private Map<String, Outcome> acknowledge(String... ackIds) {
        return exactlyOnce.acknowledge(List.of(ackIds), done::add).outcomes();
    }

    private void add(Object... idsAndKeys) {
        for (int i = 0; i < idsAndKeys.length; i += 2) {
            long id = (int) idsAndKeys[i];
            String key = (String) idsAndKeys[i + 1];
            queue.add(
                    new StoredMessage(
                            id,
                            key,
                            0,
                            MessageBytes.of(
                                    PubsubMessage.newBuilder().setOrderingKey(key).build(),
                                    Long.toString(id),
                                    Instant.EPOCH)));
        }
    }

    /** The acknowledgement ids, by message. */
    private List<String> take() {
        Handout handout = new Handout(100, new byte[0]);
        queue.fill(receiver, handout, 10_000);
        try {
            return PullResponse.parseFrom(handout.encode()).getReceivedMessagesList().stream()
                    .map(ReceivedMessage::getAckId)
                    .sorted()
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
