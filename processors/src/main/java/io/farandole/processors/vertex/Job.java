package io.farandole.processors.vertex;

import com.google.cloud.aiplatform.v1.CustomJob;
import java.time.Instant;

/**
 * A job as Vertex AI tells of it.
 *
 * @param name {@code projects/…/locations/…/customJobs/…}
 * @param told what Vertex AI says of its end; empty before
 */
public record Job(String name, int candidate, State state, String told, Instant created) {

    static final String CANDIDATE = "farandole_candidate";

    /** How far it is. */
    public enum State {
        UNDER_WAY,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** It ran longer than it may. */
        EXPIRED
    }

    static Job of(CustomJob job) {
        return new Job(
                job.getName(),
                Integer.parseInt(job.getLabelsOrDefault(CANDIDATE, "0")),
                switch (job.getState()) {
                    case JOB_STATE_SUCCEEDED -> State.SUCCEEDED;
                    case JOB_STATE_FAILED, JOB_STATE_PARTIALLY_SUCCEEDED -> State.FAILED;
                    case JOB_STATE_CANCELLED, JOB_STATE_CANCELLING -> State.CANCELLED;
                    case JOB_STATE_EXPIRED -> State.EXPIRED;
                    default -> State.UNDER_WAY;
                },
                job.getError().getMessage(),
                Instant.ofEpochSecond(
                        job.getCreateTime().getSeconds(), job.getCreateTime().getNanos()));
    }
}
