package io.farandole.pubsub;

import com.google.protobuf.Any;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.StreamingPullResponse.AcknowledgeConfirmation;
import com.google.pubsub.v1.StreamingPullResponse.ModifyAckDeadlineConfirmation;
import com.google.rpc.ErrorInfo;
import io.farandole.pubsub.journal.Journal;
import io.farandole.pubsub.journal.JournalException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What became of each acknowledgement id of a request to a subscription with exactly-once delivery:
 * on a stream a response of its own, and for a call the details of its failure, by which clients
 * tell the ids that failed from those that did not.
 */
record Confirmation(Map<String, Outcome> outcomes) {

    /** What became of one id, and how clients are told. */
    enum Outcome {
        DONE(""),
        /** Its lease is over, or never was. */
        INVALID("PERMANENT_FAILURE_INVALID_ACK_ID"),
        /** An earlier message of its ordering key is not acknowledged; it may be tried again. */
        UNORDERED("TRANSIENT_FAILURE_UNORDERED_ACK_ID"),
        /** It could not be written down. */
        UNAVAILABLE("TRANSIENT_FAILURE_SERVICE_UNAVAILABLE");

        private final String said;

        Outcome(String said) {
            this.said = said;
        }

        static Outcome of(boolean valid) {
            return valid ? DONE : INVALID;
        }
    }

    /** The same, but nothing of it could be written down. */
    Confirmation unwritten() {
        Map<String, Outcome> now = new TreeMap<>(outcomes);
        now.replaceAll((_, outcome) -> outcome == Outcome.DONE ? Outcome.UNAVAILABLE : outcome);
        return new Confirmation(now);
    }

    /** Gives the answer once the record is on disk, or says that it is not. */
    Journal.Commit onceWritten(Consumer<Confirmation> answer) {
        Confirmation written = this;
        return new Journal.Commit() {
            @Override
            public void durable() {
                answer.accept(written);
            }

            @Override
            public void failed(JournalException reason) {
                answer.accept(unwritten());
            }
        };
    }

    StreamingPullResponse ofAcknowledgements() {
        return StreamingPullResponse.newBuilder()
                .setAcknowledgeConfirmation(
                        AcknowledgeConfirmation.newBuilder()
                                .addAllAckIds(those(Outcome.DONE))
                                .addAllInvalidAckIds(those(Outcome.INVALID))
                                .addAllUnorderedAckIds(those(Outcome.UNORDERED))
                                .addAllTemporaryFailedAckIds(those(Outcome.UNAVAILABLE)))
                .build();
    }

    StreamingPullResponse ofDeadlines() {
        return StreamingPullResponse.newBuilder()
                .setModifyAckDeadlineConfirmation(
                        ModifyAckDeadlineConfirmation.newBuilder()
                                .addAllAckIds(those(Outcome.DONE))
                                .addAllInvalidAckIds(those(Outcome.INVALID))
                                .addAllTemporaryFailedAckIds(those(Outcome.UNAVAILABLE)))
                .build();
    }

    /** How a call fails; those of its ids that are not named in the details succeeded. */
    Optional<StatusRuntimeException> failure() {
        Map<String, String> failed =
                outcomes.entrySet().stream()
                        .filter(one -> one.getValue() != Outcome.DONE)
                        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().said));
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        ErrorInfo info =
                ErrorInfo.newBuilder()
                        .setReason("EXACTLY_ONCE_ACKID_FAILURE")
                        .setDomain("pubsub.googleapis.com")
                        .putAllMetadata(failed)
                        .build();
        Status status = status();
        return Optional.of(
                StatusProto.toStatusRuntimeException(
                        com.google.rpc.Status.newBuilder()
                                .setCode(status.getCode().value())
                                .setMessage(String.valueOf(status.getDescription()))
                                .addDetails(Any.pack(info))
                                .build()));
    }

    private Status status() {
        if (outcomes.containsValue(Outcome.INVALID)) {
            return Status.INVALID_ARGUMENT.withDescription(
                    "Some acknowledgement ids in the request were invalid: they have expired, or are none. "
                            + "On a subscription with exactly-once delivery only the newest id of a message counts.");
        }
        // not UNAVAILABLE: clients would try the whole request again, also what succeeded
        return Status.FAILED_PRECONDITION.withDescription(
                outcomes.containsValue(Outcome.UNAVAILABLE)
                        ? "Some acknowledgements could not be written down. Try them again."
                        : "Some acknowledgement ids in the request are of messages that have earlier ones of their"
                                + " ordering key before them. Acknowledge those first, then try these again.");
    }

    private List<String> those(Outcome outcome) {
        return outcomes.entrySet().stream()
                .filter(one -> one.getValue() == outcome)
                .map(Map.Entry::getKey)
                .toList();
    }
}
