package io.farandole.processors.vertex;

import com.google.cloud.aiplatform.v1.CancelCustomJobRequest;
import com.google.cloud.aiplatform.v1.ContainerSpec;
import com.google.cloud.aiplatform.v1.CreateCustomJobRequest;
import com.google.cloud.aiplatform.v1.CustomJob;
import com.google.cloud.aiplatform.v1.CustomJobSpec;
import com.google.cloud.aiplatform.v1.JobServiceGrpc.JobServiceImplBase;
import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.ListCustomJobsRequest;
import com.google.cloud.aiplatform.v1.ListCustomJobsResponse;
import com.google.cloud.aiplatform.v1.WorkerPoolSpec;
import com.google.protobuf.Empty;
import com.google.protobuf.Timestamp;
import com.google.rpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Custom jobs: each is run by what the test says runs them. */
final class JobsStandIn extends JobServiceImplBase {

    private static final Pattern CONDITION = Pattern.compile("labels\\.([a-z_]+)=\"([^\"]*)\"");

    private final Faults faults;
    private final String parent;
    private final Map<String, CustomJob> jobs = new ConcurrentSkipListMap<>();
    private volatile Machine machine = _ -> 0;

    /** What a job's container is started on. */
    @FunctionalInterface
    interface Machine {
        /** The program's exit code; below 0 if it never ends. */
        int run(ContainerSpec container) throws Exception;
    }

    JobsStandIn(Faults faults, String parent) {
        this.faults = faults;
        this.parent = parent;
    }

    void runOn(Machine machine) {
        this.machine = machine;
    }

    List<CustomJob> all() {
        return List.copyOf(jobs.values());
    }

    void set(String name, JobState state) {
        jobs.computeIfPresent(name, (_, job) -> job.toBuilder().setState(state).build());
    }

    void forget() {
        jobs.clear();
    }

    @Override
    public void createCustomJob(CreateCustomJobRequest request, StreamObserver<CustomJob> answer) {
        Answering.with(
                answer,
                faults,
                "createCustomJob",
                () -> {
                    check(request);
                    String name = parent + "/customJobs/" + (1001 + jobs.size());
                    CustomJob job =
                            request.getCustomJob().toBuilder()
                                    .setName(name)
                                    .setState(JobState.JOB_STATE_RUNNING)
                                    .setCreateTime(now())
                                    .build();
                    jobs.put(name, job);
                    Thread.ofVirtual().start(() -> run(job));
                    return job;
                });
    }

    @Override
    public void listCustomJobs(
            ListCustomJobsRequest request, StreamObserver<ListCustomJobsResponse> answer) {
        Answering.with(
                answer,
                faults,
                "listCustomJobs",
                () -> {
                    new Required()
                            .matches(request.getParent(), Pattern.quote(parent), "parent")
                            .that(!request.getFilter().isEmpty(), "filter", "tests filter")
                            .orRefuse();
                    List<CustomJob> found = new ArrayList<>(jobs.values());
                    Matcher condition = CONDITION.matcher(request.getFilter());
                    while (condition.find()) {
                        String key = condition.group(1);
                        String value = condition.group(2);
                        found.removeIf(job -> !job.getLabelsOrDefault(key, "").equals(value));
                    }
                    // One a page: whoever reads the first alone misses the others.
                    int from =
                            request.getPageToken().isEmpty()
                                    ? 0
                                    : Integer.parseInt(request.getPageToken());
                    return ListCustomJobsResponse.newBuilder()
                            .addAllCustomJobs(
                                    found.subList(
                                            Math.min(from, found.size()),
                                            Math.min(from + 1, found.size())))
                            .setNextPageToken(from + 1 < found.size() ? "" + (from + 1) : "")
                            .build();
                });
    }

    @Override
    public void cancelCustomJob(CancelCustomJobRequest request, StreamObserver<Empty> answer) {
        Answering.with(
                answer,
                faults,
                "cancelCustomJob",
                () -> {
                    if (!jobs.containsKey(request.getName())) {
                        throw Answering.notFound(request.getName());
                    }
                    set(request.getName(), JobState.JOB_STATE_CANCELLED);
                    return Empty.getDefaultInstance();
                });
    }

    private void check(CreateCustomJobRequest request) {
        CustomJob job = request.getCustomJob();
        CustomJobSpec spec = job.getJobSpec();
        Required required =
                new Required()
                        .matches(request.getParent(), Pattern.quote(parent), "parent")
                        .matches(job.getDisplayName(), ".{1,128}", "custom_job.display_name")
                        .labels(job.getLabelsMap(), "custom_job.labels")
                        .that(
                                spec.getWorkerPoolSpecsCount() == 1,
                                "custom_job.job_spec.worker_pool_specs",
                                "one is expected")
                        .that(
                                spec.getScheduling().getTimeout().getSeconds() > 0,
                                "custom_job.job_spec.scheduling.timeout",
                                "must be positive")
                        .matches(
                                spec.getServiceAccount(),
                                "[^@]+@[^@]+",
                                "custom_job.job_spec.service_account")
                        .matches(
                                spec.getBaseOutputDirectory().getOutputUriPrefix(),
                                "gs://[^/]+/.+",
                                "custom_job.job_spec.base_output_directory.output_uri_prefix");
        for (WorkerPoolSpec pool : spec.getWorkerPoolSpecsList()) {
            required.matches(
                            pool.getMachineSpec().getMachineType(),
                            "[a-z0-9]+-[a-z]+-[0-9]+",
                            "worker_pool_specs.machine_spec.machine_type")
                    .that(pool.getReplicaCount() == 1, "replica_count", "must be 1")
                    .matches(
                            pool.getContainerSpec().getImageUri(),
                            "[^\\s]+/[^\\s]+",
                            "worker_pool_specs.container_spec.image_uri")
                    .that(
                            pool.getContainerSpec().getCommandCount() > 0,
                            "worker_pool_specs.container_spec.command",
                            "a program is expected");
        }
        required.orRefuse();
    }

    private void run(CustomJob job) {
        String told;
        try {
            int code = machine.run(job.getJobSpec().getWorkerPoolSpecs(0).getContainerSpec());
            if (code <= 0) {
                if (code == 0) {
                    set(job.getName(), JobState.JOB_STATE_SUCCEEDED);
                }
                return;
            }
            told = "The replica workerpool0-0 exited with a non-zero status of " + code + ".";
        } catch (Exception e) {
            told = "the machine broke: " + e;
        }
        Status error = Status.newBuilder().setCode(13).setMessage(told).build();
        jobs.computeIfPresent(
                job.getName(),
                (_, known) ->
                        known.toBuilder()
                                .setState(JobState.JOB_STATE_FAILED)
                                .setError(error)
                                .build());
    }

    static Timestamp now() {
        Instant now = Instant.now();
        return Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
    }
}
