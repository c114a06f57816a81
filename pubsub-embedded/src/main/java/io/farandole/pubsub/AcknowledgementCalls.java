package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import io.grpc.Status;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Acknowledge and ModifyAckDeadline, as calls of their own. */
final class AcknowledgementCalls {

    private final Broker broker;

    AcknowledgementCalls(Broker broker) {
        this.broker = broker;
    }

    void acknowledge(AcknowledgeRequest request, LiveSubscription live, Reply<Empty> reply) {
        List<String> ackIds = request.getAckIdsList();
        boolean exactlyOnce = live.definition().getEnableExactlyOnceDelivery();
        List<AckId> parsed = exactlyOnce ? List.of() : AckId.parseAll(ackIds);
        if (ackIds.isEmpty() || (!exactlyOnce && parsed.size() < ackIds.size())) {
            reply.refused(badAckIds());
        } else if (exactlyOnce) {
            live.acknowledge(ackIds, broker.journal(), answering(reply));
        } else {
            live.acknowledge(parsed, broker.journal());
            reply.done(Empty.getDefaultInstance());
        }
    }

    void modifyDeadlines(
            ModifyAckDeadlineRequest request, LiveSubscription live, Reply<Empty> reply) {
        List<String> ackIds = request.getAckIdsList();
        int seconds = request.getAckDeadlineSeconds();
        List<Integer> forEach = Collections.nCopies(ackIds.size(), seconds);
        boolean exactlyOnce = live.definition().getEnableExactlyOnceDelivery();
        List<AckId> parsed = exactlyOnce ? List.of() : AckId.parseAll(ackIds);
        if (ackIds.isEmpty() || (!exactlyOnce && parsed.size() < ackIds.size())) {
            reply.refused(badAckIds());
        } else if (seconds < 0 || seconds > DefinitionRules.MAX_ACK_DEADLINE) {
            reply.refused(
                    Status.INVALID_ARGUMENT.withDescription(
                            "ack_deadline_seconds is " + seconds + ", and has to be 0 to 600."));
        } else if (exactlyOnce) {
            answering(reply).accept(live.modifyLeased(ackIds, forEach));
        } else {
            live.modify(parsed, forEach);
            reply.done(Empty.getDefaultInstance());
        }
    }

    private static Consumer<Confirmation> answering(Reply<Empty> reply) {
        return outcomes ->
                outcomes.failure()
                        .ifPresentOrElse(
                                reply::failed, () -> reply.done(Empty.getDefaultInstance()));
    }

    /** Whether something else than acknowledgement ids is among these. */
    static boolean hasOthers(List<String> ackIds) {
        return ackIds.stream().anyMatch(text -> AckId.parse(text).isEmpty());
    }

    static Status badAckIds() {
        return Status.INVALID_ARGUMENT.withDescription(
                "ack_ids is empty, or holds what is no acknowledgement id.");
    }
}
