package io.farandole.processors.vertex;

import com.google.cloud.aiplatform.v1.CustomJob;
import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.Model;
import io.farandole.recommenders.model.TrainedModel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Vertex AI on this machine: its published services over a real socket. They refuse missing and
 * wrong fields, run jobs and models by what the test gives them, and fail on demand.
 */
public final class VertexStandIn implements AutoCloseable {

    public static final String PROJECT = "farandole-test";
    private static final String PARENT = "projects/" + PROJECT + "/locations/europe-west1";

    private final Faults faults = new Faults();
    private final JobsStandIn jobs = new JobsStandIn(faults, PARENT);
    private final OperationsStandIn operations = new OperationsStandIn(faults, PARENT);
    private final ModelsStandIn models = new ModelsStandIn(faults, PARENT, operations);
    private final EndpointsStandIn endpoints =
            new EndpointsStandIn(faults, PARENT, operations, models);
    private final PredictionsStandIn predictions;
    private final Server server;

    /** What a job's container is started on. */
    @FunctionalInterface
    public interface Machine {
        /**
         * @return the program's exit code; below 0 if it never ends
         */
        int run(List<String> command, List<String> arguments, Map<String, String> environment)
                throws Exception;
    }

    /**
     * @param files the model that is in a bucket's folder, {@code gs://…}
     */
    public VertexStandIn(Function<String, TrainedModel> files) throws IOException {
        predictions = new PredictionsStandIn(faults, endpoints, models, files);
        endpoints.make();
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .addService(jobs)
                        .addService(models)
                        .addService(endpoints)
                        .addService(predictions)
                        .addService(operations)
                        .build()
                        .start();
    }

    public String host() {
        return "127.0.0.1:" + server.getPort();
    }

    /** The client as the settings make it, with short deadlines. */
    public VertexAi connect() {
        return connect(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    /** The same with others. */
    public VertexAi connect(Duration callDeadline, Duration patience) {
        return VertexAi.connect(settings(callDeadline, patience, "n1-standard-4"));
    }

    /** With a type of machine that only this side takes for one. */
    public VertexAi connectWithMachine(String machine) {
        return VertexAi.connect(settings(Duration.ofSeconds(5), Duration.ofSeconds(30), machine));
    }

    private VertexSettings settings(Duration callDeadline, Duration patience, String machine) {
        return new VertexSettings(
                PROJECT,
                "europe-west1",
                "farandole",
                "staging",
                "europe-docker.pkg.dev/farandole-test/farandole/processors:1",
                "/app/*",
                "trainer@farandole-test.iam.gserviceaccount.com",
                machine,
                "n1-standard-2",
                2,
                Map.of("WHERE", "here"),
                callDeadline,
                patience,
                patience,
                patience,
                callDeadline,
                Duration.ofMillis(10),
                host());
    }

    /** The same as properties of the application. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("farandole.vertex.project", PROJECT);
        properties.put("farandole.vertex.location", "europe-west1");
        properties.put("farandole.vertex.staging-bucket", "staging");
        properties.put(
                "farandole.vertex.image",
                "europe-docker.pkg.dev/farandole-test/farandole/processors:1");
        properties.put(
                "farandole.vertex.service-account",
                "trainer@farandole-test.iam.gserviceaccount.com");
        properties.put("farandole.vertex.poll-every", "20ms");
        properties.put("farandole.vertex.host", host());
        return properties;
    }

    public void runJobsOn(Machine machine) {
        jobs.runOn(
                container -> {
                    Map<String, String> environment = new TreeMap<>();
                    container
                            .getEnvList()
                            .forEach(
                                    variable ->
                                            environment.put(
                                                    variable.getName(), variable.getValue()));
                    return machine.run(
                            container.getCommandList(), container.getArgsList(), environment);
                });
    }

    /** The next calls of a method, such as {@code createCustomJob}, end so. */
    public void refuse(String method, Status status, int times) {
        faults.refuse(method, status, times);
    }

    /** The next call of a method is never answered. */
    public void beSilent(String method) {
        faults.beSilent(method);
    }

    /** The next call of a method is done, but its answer does not come. */
    public void loseAnswerOf(String method) {
        faults.loseAnswer(method);
    }

    /** The next operation of a method is done, but its name is not known any more. */
    public void loseOperationOf(String method, boolean done) {
        faults.befall(method, done ? Faults.Fate.LOST_BUT_DONE : Faults.Fate.LOST);
    }

    /** The next operation of a method goes on for ever. */
    public void neverEndOperationOf(String method) {
        faults.befall(method, Faults.Fate.ENDLESS);
    }

    /** The next operation of a method fails. */
    public void failOperationOf(String method) {
        faults.befall(method, Faults.Fate.FAILED);
    }

    public void loseEndpoint() {
        endpoints.lose();
    }

    /** As it was in the beginning. */
    public void forget() {
        faults.forget();
        jobs.forget();
        models.forget();
        predictions.forget();
        endpoints.make();
    }

    public List<CustomJob> jobs() {
        return jobs.all();
    }

    public void end(String job, JobState state) {
        jobs.set(job, state);
    }

    /** Versions in the registry, the oldest first. */
    public List<Model> versions() {
        return models.versions();
    }

    public List<DeployedModel> deployed() {
        return endpoints.all();
    }

    /** Shares of the calls in percent, by the artifacts of the models that get them. */
    public Map<String, Integer> traffic() {
        Map<String, Integer> traffic = new TreeMap<>();
        for (DeployedModel one : endpoints.all()) {
            int share = endpoints.split().getOrDefault(one.getId(), 0);
            if (share > 0) {
                traffic.put(models.required(EndpointsStandIn.version(one)).getArtifactUri(), share);
            }
        }
        return traffic;
    }

    public int predictions() {
        return predictions.calls();
    }

    @Override
    public void close() {
        server.shutdownNow();
        predictions.close();
    }
}
