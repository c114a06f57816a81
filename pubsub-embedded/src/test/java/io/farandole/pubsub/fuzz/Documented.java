package io.farandole.pubsub.fuzz;

import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.OK;
import static io.grpc.Status.Code.RESOURCE_EXHAUSTED;
import static io.grpc.Status.Code.UNIMPLEMENTED;

import io.grpc.Status;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The status codes that pubsub.proto, schema.proto and the reference of error codes
 * (cloud.google.com/pubsub/docs/reference/error-codes) name for a method; and UNIMPLEMENTED for
 * what is not done here.
 */
final class Documented {

    private static final Set<Status.Code> EVERYWHERE =
            Set.of(OK, INVALID_ARGUMENT, NOT_FOUND, UNIMPLEMENTED, RESOURCE_EXHAUSTED);

    private static final Map<String, Set<Status.Code>> MORE =
            Map.ofEntries(
                    Map.entry("CreateTopic", Set.of(ALREADY_EXISTS)),
                    Map.entry("CreateSubscription", Set.of(ALREADY_EXISTS, FAILED_PRECONDITION)),
                    Map.entry("CreateSnapshot", Set.of(ALREADY_EXISTS, FAILED_PRECONDITION)),
                    Map.entry("CreateSchema", Set.of(ALREADY_EXISTS)),
                    Map.entry("CommitSchema", Set.of(FAILED_PRECONDITION)),
                    Map.entry("DeleteSchemaRevision", Set.of(FAILED_PRECONDITION)),
                    Map.entry("UpdateSubscription", Set.of(FAILED_PRECONDITION)),
                    Map.entry("UpdateTopic", Set.of(FAILED_PRECONDITION)),
                    Map.entry("ModifyPushConfig", Set.of(FAILED_PRECONDITION)),
                    Map.entry("Pull", Set.of(FAILED_PRECONDITION)),
                    Map.entry("StreamingPull", Set.of(FAILED_PRECONDITION)),
                    Map.entry("Acknowledge", Set.of(FAILED_PRECONDITION)),
                    Map.entry("ModifyAckDeadline", Set.of(FAILED_PRECONDITION)),
                    Map.entry("Seek", Set.of(FAILED_PRECONDITION)),
                    Map.entry("Publish", Set.of(FAILED_PRECONDITION)));

    private Documented() {}

    static Set<Status.Code> codes(String method) {
        Set<Status.Code> codes = EnumSet.copyOf(EVERYWHERE);
        codes.addAll(MORE.getOrDefault(method, Set.of()));
        return codes;
    }
}
