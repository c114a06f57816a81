package io.farandole.processors.vertex;

import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.PredictRequest;
import com.google.cloud.aiplatform.v1.PredictResponse;
import com.google.cloud.aiplatform.v1.PredictionServiceGrpc.PredictionServiceImplBase;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.farandole.recommenders.model.TrainedModel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers by the programs that the deployed models run as, each by its share of the calls. */
final class PredictionsStandIn extends PredictionServiceImplBase implements AutoCloseable {

    private final Faults faults;
    private final EndpointsStandIn endpoints;
    private final ModelsStandIn models;
    private final Function<String, TrainedModel> files;
    private final Map<String, ModelServer> servers = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param files the model that is in a bucket's folder
     */
    PredictionsStandIn(
            Faults faults,
            EndpointsStandIn endpoints,
            ModelsStandIn models,
            Function<String, TrainedModel> files) {
        this.faults = faults;
        this.endpoints = endpoints;
        this.models = models;
        this.files = files;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> answer) {
        Answering.with(
                answer,
                faults,
                "predict",
                () -> {
                    var _ = endpoints.required(request.getEndpoint());
                    new Required()
                            .that(request.getInstancesCount() > 0, "instances", "none")
                            .orRefuse();
                    DeployedModel model = routed();
                    if (model == null) {
                        throw Answering.precondition("Endpoint has no traffic.");
                    }
                    return PredictResponse.newBuilder(asked(model, request))
                            .setDeployedModelId(model.getId())
                            .setModelVersionId(model.getModelVersionId())
                            .build();
                });
    }

    void forget() {
        servers.values().forEach(ModelServer::close);
        servers.clear();
    }

    @Override
    public void close() {
        forget();
        http.close();
    }

    /** Call after call, 37 places on in a hundred, so that small shares have their turn too. */
    private @Nullable DeployedModel routed() {
        int place = calls.getAndIncrement() * 37 % 100;
        for (Map.Entry<String, Integer> share : new TreeMap<>(endpoints.split()).entrySet()) {
            place -= share.getValue();
            if (place < 0) {
                return endpoints.all().stream()
                        .filter(one -> one.getId().equals(share.getKey()))
                        .findFirst()
                        .orElseThrow();
            }
        }
        return null;
    }

    private PredictResponse asked(DeployedModel model, PredictRequest request) {
        ModelServer server =
                servers.computeIfAbsent(
                        EndpointsStandIn.version(model), version -> started(version));
        try {
            Struct body =
                    Struct.newBuilder()
                            .putFields(
                                    "instances",
                                    com.google.protobuf.Value.newBuilder()
                                            .setListValue(
                                                    ListValue.newBuilder()
                                                            .addAllValues(
                                                                    request.getInstancesList()))
                                            .build())
                            .build();
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + server.port()
                                                            + ModelServer.PREDICT))
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    JsonFormat.printer().print(body)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw Answering.precondition(response.body());
            }
            PredictResponse.Builder answer = PredictResponse.newBuilder();
            JsonFormat.parser().merge(response.body(), answer);
            return answer.build();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ModelServer started(String version) {
        try {
            return new ModelServer(files.apply(models.required(version).getArtifactUri()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
