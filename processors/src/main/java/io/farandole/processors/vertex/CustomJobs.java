package io.farandole.processors.vertex;

import com.google.cloud.aiplatform.v1.CancelCustomJobRequest;
import com.google.cloud.aiplatform.v1.ContainerSpec;
import com.google.cloud.aiplatform.v1.CreateCustomJobRequest;
import com.google.cloud.aiplatform.v1.CustomJob;
import com.google.cloud.aiplatform.v1.CustomJobSpec;
import com.google.cloud.aiplatform.v1.EnvVar;
import com.google.cloud.aiplatform.v1.GcsDestination;
import com.google.cloud.aiplatform.v1.JobServiceClient;
import com.google.cloud.aiplatform.v1.ListCustomJobsRequest;
import com.google.cloud.aiplatform.v1.ListCustomJobsResponse;
import com.google.cloud.aiplatform.v1.MachineSpec;
import com.google.cloud.aiplatform.v1.Scheduling;
import com.google.cloud.aiplatform.v1.WorkerPoolSpec;
import io.farandole.processors.steps.GivenUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Custom jobs: one machine that runs one of our programs and is gone. A job is found again by the
 * labels of its run and candidate, so that whoever asks twice has one.
 */
public final class CustomJobs {

    private static final String INSTALLATION = "farandole_installation";
    private static final String RUN = "farandole_run";
    private static final int PAGE = 100;

    private final JobServiceClient client;
    private final VertexSettings settings;
    private final String parent;

    CustomJobs(JobServiceClient client, VertexSettings settings, String parent) {
        this.client = client;
        this.settings = settings;
        this.parent = parent;
    }

    /** The jobs of a run, in any state. */
    public List<Job> of(String run) throws InterruptedException, GivenUp, VertexTrouble {
        List<Job> jobs = new ArrayList<>();
        String page = "";
        do {
            ListCustomJobsResponse response =
                    Calling.await(
                            "looking for the jobs of run " + run,
                            client.listCustomJobsCallable()
                                    .futureCall(
                                            ListCustomJobsRequest.newBuilder()
                                                    .setParent(parent)
                                                    .setFilter(filter(run))
                                                    .setPageSize(PAGE)
                                                    .setPageToken(page)
                                                    .build()),
                            patience());
            response.getCustomJobsList().forEach(job -> jobs.add(Job.of(job)));
            page = response.getNextPageToken();
        } while (!page.isEmpty());
        return jobs;
    }

    /**
     * Begins a job.
     *
     * @throws GivenUp if Vertex AI will never take it
     * @throws VertexTrouble if it does not now, such as when a quota is exhausted
     */
    public Job start(JobOrder order) throws InterruptedException, GivenUp, VertexTrouble {
        return Job.of(
                Calling.await(
                        "starting the training of candidate " + order.candidate(),
                        client.createCustomJobCallable()
                                .futureCall(
                                        CreateCustomJobRequest.newBuilder()
                                                .setParent(parent)
                                                .setCustomJob(job(order))
                                                .build()),
                        patience()));
    }

    /** Asks for its end; it may take a while, and does nothing to one that has ended. */
    public void cancel(Job job) throws InterruptedException, GivenUp, VertexTrouble {
        Calling.await(
                "cancelling " + job.name(),
                client.cancelCustomJobCallable()
                        .futureCall(
                                CancelCustomJobRequest.newBuilder().setName(job.name()).build()),
                patience());
    }

    /** How long a job may take, the waiting for a machine included. */
    public Duration jobPatience() {
        return settings.jobPatience();
    }

    public Duration pollEvery() {
        return settings.pollEvery();
    }

    private CustomJob job(JobOrder order) {
        String name = settings.installation() + "-" + order.run() + "-" + order.candidate();
        ContainerSpec container =
                ContainerSpec.newBuilder()
                        .setImageUri(settings.image())
                        .addAllCommand(Programs.command(settings.classPath(), order.program()))
                        .addAllArgs(order.arguments())
                        .addAllEnv(environment(order))
                        .build();
        return CustomJob.newBuilder()
                .setDisplayName(name.length() <= 128 ? name : name.substring(0, 128))
                .putLabels(INSTALLATION, settings.installation())
                .putLabels(RUN, Labels.of(order.run()))
                .putLabels(Job.CANDIDATE, Integer.toString(order.candidate()))
                .setJobSpec(
                        CustomJobSpec.newBuilder()
                                .addWorkerPoolSpecs(
                                        WorkerPoolSpec.newBuilder()
                                                .setMachineSpec(
                                                        MachineSpec.newBuilder()
                                                                .setMachineType(
                                                                        settings.trainingMachine()))
                                                .setReplicaCount(1)
                                                .setContainerSpec(container))
                                .setScheduling(
                                        Scheduling.newBuilder()
                                                .setTimeout(
                                                        com.google.protobuf.Duration.newBuilder()
                                                                .setSeconds(
                                                                        Math.max(
                                                                                1,
                                                                                order.longest()
                                                                                        .toSeconds()))))
                                .setServiceAccount(settings.serviceAccount())
                                .setBaseOutputDirectory(
                                        GcsDestination.newBuilder()
                                                .setOutputUriPrefix(
                                                        "gs://"
                                                                + settings.stagingBucket()
                                                                + "/jobs/"
                                                                + Labels.of(order.run())
                                                                + "/"
                                                                + order.candidate())))
                .build();
    }

    private List<EnvVar> environment(JobOrder order) {
        List<EnvVar> variables = new ArrayList<>();
        for (Map<String, String> some : List.of(order.environment(), settings.jobEnvironment())) {
            some.forEach(
                    (name, value) ->
                            variables.add(
                                    EnvVar.newBuilder().setName(name).setValue(value).build()));
        }
        return variables;
    }

    private String filter(String run) {
        return "labels."
                + INSTALLATION
                + "=\""
                + settings.installation()
                + "\" AND labels."
                + RUN
                + "=\""
                + Labels.of(run)
                + "\"";
    }

    // The client's own deadline is the same; this one holds if the client does not keep it.
    private Duration patience() {
        return settings.callDeadline().plusSeconds(5);
    }
}
