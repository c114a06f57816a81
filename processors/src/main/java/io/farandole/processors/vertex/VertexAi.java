package io.farandole.processors.vertex;

import com.google.api.gax.core.BackgroundResource;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.longrunning.OperationTimedPollAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.OperationCallSettings;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.cloud.aiplatform.v1.EndpointServiceClient;
import com.google.cloud.aiplatform.v1.EndpointServiceSettings;
import com.google.cloud.aiplatform.v1.JobServiceClient;
import com.google.cloud.aiplatform.v1.JobServiceSettings;
import com.google.cloud.aiplatform.v1.ModelServiceClient;
import com.google.cloud.aiplatform.v1.ModelServiceSettings;
import com.google.cloud.aiplatform.v1.PredictionServiceClient;
import com.google.cloud.aiplatform.v1.PredictionServiceSettings;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to Vertex AI in one project and place. Nothing is asked of it until something is asked
 * for; no call is tried again by the client, for whoever asks knows how to look first.
 */
public final class VertexAi implements AutoCloseable {

    private final VertexSettings settings;
    private final String parent;
    private final List<BackgroundResource> clients = new ArrayList<>();
    private @Nullable CustomJobs jobs;
    private @Nullable ModelRegistry registry;
    private @Nullable ModelEndpoint endpoint;

    private VertexAi(VertexSettings settings) {
        this.settings = settings;
        this.parent = "projects/" + settings.project() + "/locations/" + settings.location();
    }

    /**
     * @throws IllegalArgumentException with all that is wrong with the settings
     */
    static VertexAi connect(VertexSettings settings) {
        return new VertexAi(settings.checked());
    }

    /** In which it is, and topics too. */
    public String project() {
        return settings.project();
    }

    public synchronized CustomJobs jobs() {
        if (jobs == null) {
            try {
                JobServiceSettings.Builder builder = JobServiceSettings.newBuilder();
                prepare(builder);
                builder.applyToAllUnaryMethods(this::bound);
                jobs =
                        new CustomJobs(
                                kept(JobServiceClient.create(builder.build())), settings, parent);
            } catch (IOException e) {
                throw unreachable(e);
            }
        }
        return jobs;
    }

    public synchronized ModelRegistry registry() {
        if (registry == null) {
            try {
                ModelServiceSettings.Builder builder = ModelServiceSettings.newBuilder();
                prepare(builder);
                builder.applyToAllUnaryMethods(this::bound);
                poll(builder.uploadModelOperationSettings(), settings.uploadDeadline());
                poll(builder.deleteModelVersionOperationSettings(), settings.uploadDeadline());
                registry =
                        new ModelRegistry(
                                kept(ModelServiceClient.create(builder.build())), settings, parent);
            } catch (IOException e) {
                throw unreachable(e);
            }
        }
        return registry;
    }

    public synchronized ModelEndpoint endpoint() {
        if (endpoint == null) {
            try {
                EndpointServiceSettings.Builder builder = EndpointServiceSettings.newBuilder();
                prepare(builder);
                builder.applyToAllUnaryMethods(this::bound);
                poll(builder.deployModelOperationSettings(), settings.deployDeadline());
                poll(builder.undeployModelOperationSettings(), settings.deployDeadline());
                PredictionServiceSettings.Builder asking = PredictionServiceSettings.newBuilder();
                prepare(asking);
                asking.predictSettings()
                        .setSimpleTimeoutNoRetriesDuration(settings.predictDeadline());
                endpoint =
                        new ModelEndpoint(
                                kept(EndpointServiceClient.create(builder.build())),
                                kept(PredictionServiceClient.create(asking.build())),
                                settings,
                                parent);
            } catch (IOException e) {
                throw unreachable(e);
            }
        }
        return endpoint;
    }

    @Override
    public synchronized void close() {
        clients.forEach(BackgroundResource::shutdown);
        clients.clear();
    }

    private <C extends BackgroundResource> C kept(C client) {
        clients.add(client);
        return client;
    }

    // The provider asks for a function of the raw type.
    @SuppressWarnings("rawtypes")
    private void prepare(ClientSettings.Builder<?, ?> builder) {
        String host = settings.host();
        if (host == null) {
            builder.setEndpoint(settings.location() + "-aiplatform.googleapis.com:443");
            return;
        }
        builder.setCredentialsProvider(NoCredentialsProvider.create());
        builder.setTransportChannelProvider(
                InstantiatingGrpcChannelProvider.newBuilder()
                        .setEndpoint(host)
                        .setChannelConfigurator(ManagedChannelBuilder::usePlaintext)
                        .build());
    }

    private @Nullable Void bound(UnaryCallSettings.Builder<?, ?> call) {
        call.setSimpleTimeoutNoRetriesDuration(settings.callDeadline());
        return null;
    }

    private <Q, R, M> void poll(OperationCallSettings.Builder<Q, R, M> operation, Duration most) {
        operation.setInitialCallSettings(
                UnaryCallSettings
                        .<Q, com.google.api.gax.longrunning.OperationSnapshot>
                                newUnaryCallSettingsBuilder()
                        .setSimpleTimeoutNoRetriesDuration(settings.callDeadline())
                        .build());
        operation.setPollingAlgorithm(
                OperationTimedPollAlgorithm.create(
                        RetrySettings.newBuilder()
                                .setInitialRetryDelayDuration(settings.pollEvery())
                                .setRetryDelayMultiplier(1)
                                .setMaxRetryDelayDuration(settings.pollEvery())
                                .setInitialRpcTimeoutDuration(settings.callDeadline())
                                .setRpcTimeoutMultiplier(1)
                                .setMaxRpcTimeoutDuration(settings.callDeadline())
                                .setTotalTimeoutDuration(most)
                                .build()));
    }

    private static UncheckedIOException unreachable(IOException e) {
        return new UncheckedIOException(
                "the client of Vertex AI cannot be made: are there application default"
                        + " credentials? ("
                        + e.getMessage()
                        + ")",
                e);
    }
}
