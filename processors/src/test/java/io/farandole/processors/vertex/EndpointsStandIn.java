package io.farandole.processors.vertex;

import com.google.cloud.aiplatform.v1.DeployModelOperationMetadata;
import com.google.cloud.aiplatform.v1.DeployModelRequest;
import com.google.cloud.aiplatform.v1.DeployModelResponse;
import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.EndpointServiceGrpc.EndpointServiceImplBase;
import com.google.cloud.aiplatform.v1.GetEndpointRequest;
import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.UndeployModelOperationMetadata;
import com.google.cloud.aiplatform.v1.UndeployModelRequest;
import com.google.cloud.aiplatform.v1.UndeployModelResponse;
import com.google.cloud.aiplatform.v1.UpdateEndpointRequest;
import com.google.longrunning.Operation;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One endpoint, if it is there. */
final class EndpointsStandIn extends EndpointServiceImplBase {

    private final Faults faults;
    private final String name;
    private final OperationsStandIn operations;
    private final ModelsStandIn models;
    private volatile @Nullable Endpoint endpoint;

    EndpointsStandIn(
            Faults faults, String parent, OperationsStandIn operations, ModelsStandIn models) {
        this.faults = faults;
        this.name = parent + "/endpoints/farandole";
        this.operations = operations;
        this.models = models;
        models.inUse(version -> all().stream().anyMatch(one -> version(one).equals(version)));
    }

    void make() {
        endpoint = Endpoint.newBuilder().setName(name).setDisplayName("farandole").build();
    }

    void lose() {
        endpoint = null;
    }

    List<DeployedModel> all() {
        Endpoint known = endpoint;
        return known == null ? List.of() : known.getDeployedModelsList();
    }

    Map<String, Integer> split() {
        Endpoint known = endpoint;
        return known == null ? Map.of() : known.getTrafficSplitMap();
    }

    Endpoint required(String asked) {
        Endpoint known = endpoint;
        if (known == null || !known.getName().equals(asked)) {
            throw Answering.notFound(asked);
        }
        return known;
    }

    @Override
    public void getEndpoint(GetEndpointRequest request, StreamObserver<Endpoint> answer) {
        Answering.with(answer, faults, "getEndpoint", () -> required(request.getName()));
    }

    @Override
    public void deployModel(DeployModelRequest request, StreamObserver<Operation> answer) {
        Answering.with(
                answer,
                faults,
                "deployModel",
                () -> {
                    Endpoint known = required(request.getEndpoint());
                    DeployedModel model = request.getDeployedModel();
                    new Required()
                            .matches(model.getId(), "[0-9]{1,10}", "deployed_model.id")
                            .matches(
                                    model.getModel(),
                                    "projects/.+/models/.+",
                                    "deployed_model.model")
                            .matches(
                                    model.getDedicatedResources().getMachineSpec().getMachineType(),
                                    "[a-z0-9]+-[a-z0-9-]+",
                                    "deployed_model.dedicated_resources.machine_spec.machine_type")
                            .that(
                                    model.getDedicatedResources().getMinReplicaCount() >= 1,
                                    "deployed_model.dedicated_resources.min_replica_count",
                                    "must be at least 1")
                            .orRefuse();
                    if (known.getDeployedModelsList().stream()
                            .anyMatch(one -> one.getId().equals(model.getId()))) {
                        throw Status.ALREADY_EXISTS
                                .withDescription("DeployedModel " + model.getId())
                                .asRuntimeException();
                    }
                    Model version = models.required(model.getModel());
                    return operations.begin(
                            "deployModel",
                            DeployModelOperationMetadata.getDefaultInstance(),
                            () -> deploy(model, version));
                });
    }

    @Override
    public void updateEndpoint(UpdateEndpointRequest request, StreamObserver<Endpoint> answer) {
        Answering.with(
                answer,
                faults,
                "updateEndpoint",
                () -> {
                    Endpoint known = required(request.getEndpoint().getName());
                    Map<String, Integer> split = request.getEndpoint().getTrafficSplitMap();
                    new Required()
                            .that(
                                    request.getUpdateMask()
                                            .getPathsList()
                                            .equals(List.of("traffic_split")),
                                    "update_mask",
                                    "nothing else is to change")
                            .split(split, "endpoint.traffic_split")
                            .that(
                                    known.getDeployedModelsList().stream()
                                            .map(DeployedModel::getId)
                                            .toList()
                                            .containsAll(split.keySet()),
                                    "endpoint.traffic_split",
                                    "names what is not deployed: " + split)
                            .orRefuse();
                    Endpoint changed =
                            known.toBuilder().clearTrafficSplit().putAllTrafficSplit(split).build();
                    endpoint = changed;
                    return changed;
                });
    }

    @Override
    public void undeployModel(UndeployModelRequest request, StreamObserver<Operation> answer) {
        Answering.with(
                answer,
                faults,
                "undeployModel",
                () -> {
                    Endpoint known = required(request.getEndpoint());
                    String id = request.getDeployedModelId();
                    if (all().stream().noneMatch(one -> one.getId().equals(id))) {
                        throw Answering.notFound("DeployedModel " + id);
                    }
                    if (known.getTrafficSplitOrDefault(id, 0) > 0) {
                        throw Answering.precondition("DeployedModel " + id + " has traffic.");
                    }
                    return operations.begin(
                            "undeployModel",
                            UndeployModelOperationMetadata.getDefaultInstance(),
                            () -> undeploy(id));
                });
    }

    private DeployModelResponse deploy(DeployedModel model, Model version) {
        DeployedModel deployed =
                model.toBuilder()
                        .setModel(version.getName())
                        .setModelVersionId(version.getVersionId())
                        .build();
        endpoint = required(name).toBuilder().addDeployedModels(deployed).build();
        return DeployModelResponse.newBuilder().setDeployedModel(deployed).build();
    }

    private UndeployModelResponse undeploy(String id) {
        Endpoint known = required(name);
        Endpoint.Builder left = known.toBuilder().clearDeployedModels().removeTrafficSplit(id);
        known.getDeployedModelsList().stream()
                .filter(one -> !one.getId().equals(id))
                .forEach(left::addDeployedModels);
        endpoint = left.build();
        return UndeployModelResponse.getDefaultInstance();
    }

    static String version(DeployedModel model) {
        return model.getModel() + "@" + model.getModelVersionId();
    }
}
