package io.farandole.processors.training;

import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.EventCodec;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.GivenUp;
import io.farandole.processors.vertex.CustomJobs;
import io.farandole.processors.vertex.Job;
import io.farandole.processors.vertex.JobOrder;
import io.farandole.processors.vertex.Patience;
import io.farandole.processors.vertex.VertexTrouble;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains each candidate in a job of Vertex AI, all at once. A job says itself that its model is
 * trained ({@link TrainingJob}); here it is begun, unless it was before, and watched to its end.
 * When this process dies the jobs go on, and whoever does the step next finds them.
 */
final class VertexTrainings implements Trainings {

    private static final Logger log = LoggerFactory.getLogger(VertexTrainings.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectStore objects;
    private final CustomJobs jobs;
    private final TrainingSettings settings;
    private final String project;
    private final EventCodec codec = new EventCodec();

    VertexTrainings(
            ObjectStore objects, CustomJobs jobs, TrainingSettings settings, String project) {
        this.objects = objects;
        this.jobs = jobs;
        this.settings = settings;
        this.project = project;
    }

    @Override
    public List<TrainingEvent> train(DatasetReady ready, Envelope envelope)
            throws IOException, InterruptedException, GivenUp, VertexTrouble {
        String run = ready.run().value();
        begin(ready, envelope);
        Patience patience = new Patience(jobs.jobPatience());
        while (true) {
            if (areDone(ready, patience)) {
                return List.of();
            }
            if (patience.isOver()) {
                throw new GivenUp(
                        "the jobs of run "
                                + run
                                + " took longer than "
                                + jobs.jobPatience()
                                + ", the waiting for machines included, and are cancelled"
                                + patience.lastTrouble());
            }
            Thread.sleep(jobs.pollEvery());
        }
    }

    @Override
    public void end(DatasetReady ready) {
        try {
            for (Job job : jobs.of(ready.run().value())) {
                if (job.state() == Job.State.UNDER_WAY) {
                    jobs.cancel(job);
                }
            }
        } catch (GivenUp | VertexTrouble e) {
            // They end by themselves after farandole.training.longest; nobody waits for them.
            log.warn("Jobs of run {} are not cancelled: {}", ready.run(), e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(DatasetReady ready, Envelope envelope)
            throws IOException, InterruptedException, GivenUp, VertexTrouble {
        Map<Integer, Job> begun = byCandidate(ready);
        for (int number = 1; number <= ready.candidates().size(); number++) {
            if (!begun.containsKey(number)) {
                Job job = jobs.start(order(ready, envelope, number));
                log.info("Run {} trains candidate {} as {}", ready.run(), number, job.name());
            }
        }
    }

    /** Whether all have succeeded. What cannot be asked now is asked again. */
    private boolean areDone(DatasetReady ready, Patience patience)
            throws InterruptedException, GivenUp {
        Map<Integer, Job> known;
        try {
            known = byCandidate(ready);
        } catch (VertexTrouble e) {
            patience.met(e);
            return false;
        }
        boolean done = true;
        for (int number = 1; number <= ready.candidates().size(); number++) {
            Job job = known.get(number);
            String candidate = ready.candidates().get(number - 1);
            if (job == null) {
                throw new GivenUp(candidate + ": its job is gone: somebody has deleted it");
            }
            done &= isDone(candidate, job);
            patience.since(job.created());
        }
        return done;
    }

    private boolean isDone(String candidate, Job job) throws GivenUp {
        return switch (job.state()) {
            case UNDER_WAY -> false;
            case SUCCEEDED -> true;
            case FAILED -> throw new GivenUp(candidate + ": " + job.name() + " failed" + told(job));
            case CANCELLED ->
                    throw new GivenUp(candidate + ": " + job.name() + " was cancelled" + told(job));
            case EXPIRED ->
                    throw new GivenUp(
                            candidate
                                    + ": "
                                    + job.name()
                                    + " took longer than "
                                    + settings.longest()
                                    + " and was ended"
                                    + told(job));
        };
    }

    private static String told(Job job) {
        return job.told().isBlank() ? "" : ": " + job.told();
    }

    private Map<Integer, Job> byCandidate(DatasetReady ready)
            throws InterruptedException, GivenUp, VertexTrouble {
        Map<Integer, Job> found = new HashMap<>();
        for (Job job : jobs.of(ready.run().value())) {
            // Two, if two processes asked at once: what they say has the same ids and counts once.
            found.merge(
                    job.candidate(),
                    job,
                    (one, other) -> one.state() == Job.State.SUCCEEDED ? one : other);
        }
        return found;
    }

    private JobOrder order(DatasetReady ready, Envelope envelope, int number) throws IOException {
        URI dataset = objects.address(ready.dataset());
        Encoded said = codec.encode(new Message<>(envelope, ready), TopicCatalogue.TRAINING);
        return new JobOrder(
                ready.run().value(),
                number,
                TrainingJob.class.getName(),
                List.of(
                        "--bucket",
                        Optional.ofNullable(dataset.getAuthority()).orElse(""),
                        "--attributes",
                        JSON.writeValueAsString(said.attributes()),
                        "--event",
                        new String(said.data(), StandardCharsets.UTF_8),
                        "--candidate",
                        Integer.toString(number),
                        "--memory",
                        Long.toString(settings.memoryBytes()),
                        "--longest",
                        settings.longest().toString()),
                Map.of("FARANDOLE_PROJECT", project),
                settings.longest().plus(Duration.ofMinutes(1)));
    }
}
