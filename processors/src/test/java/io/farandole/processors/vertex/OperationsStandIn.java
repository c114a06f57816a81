package io.farandole.processors.vertex;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc.OperationsImplBase;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.farandole.processors.vertex.Faults.Fate;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Operations that take two looks, or come to what was asked for. */
final class OperationsStandIn extends OperationsImplBase {

    private final Faults faults;
    private final String parent;
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Map<String, Operation> ended = new ConcurrentHashMap<>();

    OperationsStandIn(Faults faults, String parent) {
        this.faults = faults;
        this.parent = parent;
    }

    /** Begins one; its effect is there before anybody is told. */
    Operation begin(String method, Message metadata, Supplier<? extends Message> effect) {
        String name = parent + "/operations/" + (9001 + operations.size() + ended.size());
        Operation begun =
                Operation.newBuilder().setName(name).setMetadata(Any.pack(metadata)).build();
        Fate fate = faults.fate(method);
        if (fate == Fate.LOST) {
            return begun;
        }
        if (fate == Fate.ENDLESS) {
            operations.put(name, begun);
            return begun;
        }
        if (fate == Fate.FAILED) {
            Status error =
                    Status.newBuilder()
                            .setCode(Code.INTERNAL_VALUE)
                            .setMessage("Model server never became ready.")
                            .build();
            operations.put(name, begun);
            ended.put(name, begun.toBuilder().setDone(true).setError(error).build());
            return begun;
        }
        Message response = effect.get();
        if (fate != Fate.LOST_BUT_DONE) {
            operations.put(name, begun);
            ended.put(
                    name, begun.toBuilder().setDone(true).setResponse(Any.pack(response)).build());
        }
        return begun;
    }

    @Override
    public void getOperation(GetOperationRequest request, StreamObserver<Operation> answer) {
        Answering.with(
                answer,
                faults,
                "getOperation",
                () -> {
                    Operation begun = operations.get(request.getName());
                    if (begun == null) {
                        throw Answering.notFound(request.getName());
                    }
                    Operation end = ended.get(request.getName());
                    operations.put(request.getName(), end == null ? begun : end);
                    return begun;
                });
    }
}
