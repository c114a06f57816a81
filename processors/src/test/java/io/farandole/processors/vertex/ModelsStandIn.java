package io.farandole.processors.vertex;

import com.google.cloud.aiplatform.v1.DeleteModelVersionRequest;
import com.google.cloud.aiplatform.v1.DeleteOperationMetadata;
import com.google.cloud.aiplatform.v1.GetModelRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsResponse;
import com.google.cloud.aiplatform.v1.MergeVersionAliasesRequest;
import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.ModelServiceGrpc.ModelServiceImplBase;
import com.google.cloud.aiplatform.v1.UploadModelOperationMetadata;
import com.google.cloud.aiplatform.v1.UploadModelRequest;
import com.google.cloud.aiplatform.v1.UploadModelResponse;
import com.google.longrunning.Operation;
import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The registry; a version in use or by default cannot be deleted. */
final class ModelsStandIn extends ModelServiceImplBase {

    private final Faults faults;
    private final String parent;
    private final OperationsStandIn operations;
    private final List<Model> versions = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> inUse = _ -> false;
    private int last;

    ModelsStandIn(Faults faults, String parent, OperationsStandIn operations) {
        this.faults = faults;
        this.parent = parent;
        this.operations = operations;
    }

    void inUse(Predicate<String> version) {
        inUse = version;
    }

    /** The oldest first. */
    List<Model> versions() {
        return List.copyOf(versions);
    }

    void forget() {
        versions.clear();
        last = 0;
    }

    /** By a name with a version's number or alias, or the default one by a name without. */
    Model required(String name) {
        String base = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
        String version = name.contains("@") ? name.substring(name.indexOf('@') + 1) : "default";
        return versions.stream()
                .filter(model -> model.getName().equals(base))
                .filter(
                        model ->
                                model.getVersionId().equals(version)
                                        || model.getVersionAliasesList().contains(version))
                .findFirst()
                .orElseThrow(() -> Answering.notFound(name));
    }

    @Override
    public void uploadModel(UploadModelRequest request, StreamObserver<Operation> answer) {
        Answering.with(
                answer,
                faults,
                "uploadModel",
                () -> {
                    check(request);
                    return operations.begin(
                            "uploadModel",
                            UploadModelOperationMetadata.getDefaultInstance(),
                            () -> upload(request));
                });
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<Model> answer) {
        Answering.with(answer, faults, "getModel", () -> required(request.getName()));
    }

    @Override
    public void listModelVersions(
            ListModelVersionsRequest request, StreamObserver<ListModelVersionsResponse> answer) {
        Answering.with(
                answer,
                faults,
                "listModelVersions",
                () -> {
                    Model _ = required(request.getName());
                    return ListModelVersionsResponse.newBuilder().addAllModels(versions).build();
                });
    }

    @Override
    public void mergeVersionAliases(
            MergeVersionAliasesRequest request, StreamObserver<Model> answer) {
        Answering.with(
                answer,
                faults,
                "mergeVersionAliases",
                () -> {
                    new Required()
                            .matches(request.getName(), Pattern.quote(parent) + ".+@.+", "name")
                            .that(request.getVersionAliasesCount() > 0, "version_aliases", "none")
                            .orRefuse();
                    Model named = required(request.getName());
                    give(named, request.getVersionAliasesList());
                    return required(request.getName());
                });
    }

    @Override
    public void deleteModelVersion(
            DeleteModelVersionRequest request, StreamObserver<Operation> answer) {
        Answering.with(
                answer,
                faults,
                "deleteModelVersion",
                () -> {
                    Model named = required(request.getName());
                    if (inUse.test(named.getName() + "@" + named.getVersionId())) {
                        throw Answering.precondition("The model version is deployed.");
                    }
                    if (named.getVersionAliasesList().contains("default")) {
                        throw Answering.precondition("The default version cannot be deleted.");
                    }
                    return operations.begin(
                            "deleteModelVersion",
                            DeleteOperationMetadata.getDefaultInstance(),
                            () -> {
                                versions.remove(named);
                                return Empty.getDefaultInstance();
                            });
                });
    }

    private void check(UploadModelRequest request) {
        Model model = request.getModel();
        boolean isNew = request.getParentModel().isEmpty();
        new Required()
                .matches(request.getParent(), Pattern.quote(parent), "parent")
                .that(
                        isNew != request.getModelId().isEmpty(),
                        "model_id",
                        "exactly one of it and parent_model is expected")
                .matches(request.getServiceAccount(), "[^@]+@[^@]+", "service_account")
                .matches(model.getDisplayName(), ".{1,128}", "model.display_name")
                .matches(model.getArtifactUri(), "gs://[^/]+/.+", "model.artifact_uri")
                .labels(model.getLabelsMap(), "model.labels")
                .that(
                        model.getVersionAliasesList().stream()
                                .allMatch(
                                        alias -> alias.matches("[a-z][a-zA-Z0-9-]{0,126}[a-z0-9]")),
                        "model.version_aliases",
                        "an alias begins with a letter")
                .matches(
                        model.getContainerSpec().getImageUri(),
                        "[^\\s]+/[^\\s]+",
                        "model.container_spec.image_uri")
                .matches(
                        model.getContainerSpec().getPredictRoute(),
                        "/.+",
                        "model.container_spec.predict_route")
                .matches(
                        model.getContainerSpec().getHealthRoute(),
                        "/.+",
                        "model.container_spec.health_route")
                .that(
                        model.getContainerSpec().getPortsCount() == 1,
                        "model.container_spec.ports",
                        "one is expected")
                .orRefuse();
        if (!isNew) {
            Model _ = required(request.getParentModel());
        } else if (versions.stream()
                .anyMatch(known -> known.getName().endsWith("/" + request.getModelId()))) {
            throw io.grpc.Status.ALREADY_EXISTS
                    .withDescription(request.getModelId())
                    .asRuntimeException();
        }
    }

    private UploadModelResponse upload(UploadModelRequest request) {
        String name =
                request.getParentModel().isEmpty()
                        ? parent + "/models/" + request.getModelId()
                        : request.getParentModel();
        Model.Builder model =
                request.getModel().toBuilder()
                        .setName(name)
                        .setVersionId(Integer.toString(++last))
                        .setVersionCreateTime(JobsStandIn.now());
        if (versions.isEmpty()) {
            model.addVersionAliases("default");
        }
        versions.add(model.build());
        return UploadModelResponse.newBuilder()
                .setModel(name)
                .setModelVersionId(model.getVersionId())
                .build();
    }

    /** An alias is of one version alone. */
    private void give(Model named, List<String> aliases) {
        for (Model known : List.copyOf(versions)) {
            List<String> left = new ArrayList<>(known.getVersionAliasesList());
            left.removeAll(aliases);
            if (known.equals(named)) {
                left.addAll(aliases);
            }
            versions.set(
                    versions.indexOf(known),
                    known.toBuilder().clearVersionAliases().addAllVersionAliases(left).build());
        }
    }
}
