package io.farandole.processors.vertex;

import com.google.cloud.aiplatform.v1.DedicatedResources;
import com.google.cloud.aiplatform.v1.DeployModelRequest;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.EndpointServiceClient;
import com.google.cloud.aiplatform.v1.GetEndpointRequest;
import com.google.cloud.aiplatform.v1.MachineSpec;
import com.google.cloud.aiplatform.v1.PredictRequest;
import com.google.cloud.aiplatform.v1.PredictResponse;
import com.google.cloud.aiplatform.v1.PredictionServiceClient;
import com.google.cloud.aiplatform.v1.UndeployModelRequest;
import com.google.cloud.aiplatform.v1.UpdateEndpointRequest;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Value;
import io.farandole.processors.steps.GivenUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The endpoint: the models that answer predictions, and which share of the calls each gets. It is
 * not made here, and a step that does not find it ends: who may deploy need not be allowed to make
 * endpoints, and one that is gone is nothing to be replaced in silence.
 */
public final class ModelEndpoint {

    private static final int ID_DIGITS = 8;
    private static final int RADIX = 16;
    private static final int ALL = 100;

    private final EndpointServiceClient client;
    private final PredictionServiceClient predictions;
    private final VertexSettings settings;
    private final String name;

    ModelEndpoint(
            EndpointServiceClient client,
            PredictionServiceClient predictions,
            VertexSettings settings,
            String parent) {
        this.client = client;
        this.predictions = predictions;
        this.settings = settings;
        this.name = parent + "/endpoints/" + settings.installation();
    }

    /** What is on it now. */
    public List<DeployedModel> deployed() throws InterruptedException, GivenUp, VertexTrouble {
        Endpoint endpoint =
                Calling.await(
                        "looking for endpoint " + name,
                        client.getEndpointCallable()
                                .futureCall(GetEndpointRequest.newBuilder().setName(name).build()),
                        patience());
        return endpoint.getDeployedModelsList().stream()
                .map(
                        model ->
                                new DeployedModel(
                                        model.getId(),
                                        versionOf(model),
                                        endpoint.getTrafficSplitOrDefault(model.getId(), 0)))
                .toList();
    }

    /**
     * Puts a version on it, without traffic; one that is there stays as it is. Its id comes from
     * the model's checksum, so that a deployment that nobody waited for is found.
     */
    public void deploy(String checksum, ModelVersion version)
            throws InterruptedException, GivenUp, VertexTrouble {
        String id = idOf(checksum);
        if (isDeployed(id)) {
            return;
        }
        Operation.await(
                "deploying " + version.name() + " to " + name,
                client.deployModelAsync(
                        DeployModelRequest.newBuilder()
                                .setEndpoint(name)
                                .setDeployedModel(
                                        com.google.cloud.aiplatform.v1.DeployedModel.newBuilder()
                                                .setId(id)
                                                .setModel(version.name())
                                                .setDisplayName(ModelRegistry.alias(checksum))
                                                .setServiceAccount(settings.serviceAccount())
                                                .setDedicatedResources(
                                                        DedicatedResources.newBuilder()
                                                                .setMachineSpec(
                                                                        MachineSpec.newBuilder()
                                                                                .setMachineType(
                                                                                        settings
                                                                                                .predictionMachine()))
                                                                .setMinReplicaCount(1)
                                                                .setMaxReplicaCount(
                                                                        settings.mostReplicas())))
                                .build()),
                settings.deployDeadline(),
                () -> isDeployed(id));
    }

    /**
     * Says who gets which share of the calls; whoever is not named gets none.
     *
     * @param shares in percent by id, 100 in all; none if nobody is to get any
     */
    public void route(Map<String, Integer> shares)
            throws InterruptedException, GivenUp, VertexTrouble {
        if (!shares.isEmpty()
                && shares.values().stream().mapToInt(Integer::intValue).sum() != ALL) {
            throw new IllegalArgumentException("shares " + shares + " are not 100 % in all");
        }
        Endpoint _ =
                Calling.await(
                        "splitting the traffic of " + name,
                        client.updateEndpointCallable()
                                .futureCall(
                                        UpdateEndpointRequest.newBuilder()
                                                .setEndpoint(
                                                        Endpoint.newBuilder()
                                                                .setName(name)
                                                                .putAllTrafficSplit(shares))
                                                .setUpdateMask(
                                                        FieldMask.newBuilder()
                                                                .addPaths("traffic_split"))
                                                .build()),
                        patience());
    }

    /** Takes a model off it that has no traffic. */
    public void undeploy(DeployedModel model) throws InterruptedException, GivenUp, VertexTrouble {
        Operation.await(
                "taking " + model.version() + " off " + name,
                client.undeployModelAsync(
                        UndeployModelRequest.newBuilder()
                                .setEndpoint(name)
                                .setDeployedModelId(model.id())
                                .build()),
                settings.deployDeadline(),
                () -> !isDeployed(model.id()));
    }

    /**
     * Asks for the best items.
     *
     * @param history items and how much each counts
     */
    public Prediction predict(Map<String, Double> history, int k)
            throws InterruptedException, GivenUp, VertexTrouble {
        PredictResponse response =
                Calling.await(
                        "asking " + name + " for a prediction",
                        predictions
                                .predictCallable()
                                .futureCall(
                                        PredictRequest.newBuilder()
                                                .setEndpoint(name)
                                                .addInstances(Prediction.instance(history, k))
                                                .build()),
                        settings.predictDeadline().plusSeconds(1));
        List<String> items = new ArrayList<>();
        for (Value prediction : response.getPredictionsList()) {
            items.addAll(Prediction.items(prediction));
        }
        return new Prediction(response.getDeployedModelId(), items);
    }

    /** The id that a model has on the endpoint: ten digits at most. */
    public static String idOf(String checksum) {
        return Long.toString(Long.parseLong(checksum.substring(0, ID_DIGITS), RADIX));
    }

    private boolean isDeployed(String id) throws InterruptedException, GivenUp, VertexTrouble {
        return deployed().stream().anyMatch(model -> model.id().equals(id));
    }

    private static String versionOf(com.google.cloud.aiplatform.v1.DeployedModel model) {
        String version = model.getModel();
        int at = version.indexOf('@');
        return (at < 0 ? version : version.substring(0, at)) + "@" + model.getModelVersionId();
    }

    private Duration patience() {
        return settings.callDeadline().plusSeconds(5);
    }
}
