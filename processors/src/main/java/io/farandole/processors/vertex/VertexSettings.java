package io.farandole.processors.vertex;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Vertex AI: {@code farandole.vertex.*}; looked at only where a setting says that it is used.
 *
 * @param project id of the project, such as {@code my-project-1}; topics are in it too
 * @param location such as {@code europe-west1}
 * @param installation in front of all names and on each label, so that several can share a project;
 *     the registry's model and the endpoint have it as their id
 * @param stagingBucket without {@code gs://}: what Vertex AI itself writes of a job goes there
 * @param image a container image with Java 25 and these programs' jars
 * @param classPath where the jars are in it
 * @param serviceAccount as whom jobs and deployed models run: it reads and writes the objects, and
 *     publishes to {@code training}
 * @param trainingMachine a job's type of machine
 * @param predictionMachine the endpoint's
 * @param mostReplicas of a deployed model; the fewest is one
 * @param jobEnvironment further variables of a job's environment
 * @param callDeadline of one call that begins or asks something
 * @param jobPatience from the asking for a job to its end, the waiting for a machine included
 * @param uploadDeadline of a model's upload
 * @param deployDeadline of a model's deployment to the endpoint, or its withdrawal
 * @param predictDeadline of one prediction
 * @param pollEvery how often it is asked what became of a job or an operation
 * @param host of services that stand in for Google's, without TLS and credentials, such as {@code
 *     127.0.0.1:9090}; Google's if it is not said
 */
@ConfigurationProperties("farandole.vertex")
record VertexSettings(
        @DefaultValue("") String project,
        @DefaultValue("") String location,
        @DefaultValue("farandole") String installation,
        @DefaultValue("") String stagingBucket,
        @DefaultValue("") String image,
        @DefaultValue("/app/*") String classPath,
        @DefaultValue("") String serviceAccount,
        @DefaultValue("n1-standard-4") String trainingMachine,
        @DefaultValue("n1-standard-2") String predictionMachine,
        @DefaultValue("2") int mostReplicas,
        @Nullable Map<String, String> jobEnvironment,
        @DefaultValue("30s") Duration callDeadline,
        @DefaultValue("2h") Duration jobPatience,
        @DefaultValue("15m") Duration uploadDeadline,
        @DefaultValue("30m") Duration deployDeadline,
        @DefaultValue("2s") Duration predictDeadline,
        @DefaultValue("15s") Duration pollEvery,
        @Nullable String host) {

    private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9:.-]{4,60}[a-z0-9]");
    private static final Pattern LOCATION = Pattern.compile("[a-z]+-[a-z]+[0-9]+");
    private static final Pattern INSTALLATION = Pattern.compile("[a-z][a-z0-9-]{0,30}[a-z0-9]");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    private static final Pattern IMAGE = Pattern.compile("[^\\s/]+(/[^\\s/]+)+");
    private static final Pattern ACCOUNT = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final Pattern MACHINE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

    VertexSettings {
        jobEnvironment = jobEnvironment == null ? Map.of() : Map.copyOf(jobEnvironment);
        host = host == null || host.isBlank() ? null : host;
    }

    @Override
    public Map<String, String> jobEnvironment() {
        return Objects.requireNonNull(jobEnvironment);
    }

    /**
     * These, if they will do.
     *
     * @throws IllegalArgumentException if not, with everything that is wrong
     */
    VertexSettings checked() {
        List<String> wrong = new ArrayList<>();
        check(wrong, PROJECT, "project", project, "a project's id, such as my-project-1");
        check(wrong, LOCATION, "location", location, "a region, such as europe-west1");
        check(
                wrong,
                INSTALLATION,
                "installation",
                installation,
                "a short name of small letters, digits and hyphens");
        check(wrong, BUCKET, "staging-bucket", stagingBucket, "a bucket's name without gs://");
        check(
                wrong,
                IMAGE,
                "image",
                image,
                "a container image, such as europe-docker.pkg.dev/my-project-1/farandole/processors:1");
        check(
                wrong,
                ACCOUNT,
                "service-account",
                serviceAccount,
                "an account, such as trainer@my-project-1.iam.gserviceaccount.com");
        check(wrong, MACHINE, "training-machine", trainingMachine, "such as n1-standard-4");
        check(wrong, MACHINE, "prediction-machine", predictionMachine, "such as n1-standard-2");
        if (mostReplicas < 1) {
            wrong.add("most-replicas = " + mostReplicas + " (1 up)");
        }
        positive(wrong, "call-deadline", callDeadline);
        positive(wrong, "job-patience", jobPatience);
        positive(wrong, "upload-deadline", uploadDeadline);
        positive(wrong, "deploy-deadline", deployDeadline);
        positive(wrong, "predict-deadline", predictDeadline);
        positive(wrong, "poll-every", pollEvery);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    "Vertex AI is used, but these of farandole.vertex.* will not do: "
                            + String.join("; ", wrong));
        }
        return this;
    }

    private static void check(
            List<String> wrong, Pattern form, String name, String value, String expected) {
        if (!form.matcher(value).matches()) {
            wrong.add(
                    name
                            + (value.isBlank() ? " is not set" : " = " + value)
                            + " ("
                            + expected
                            + ")");
        }
    }

    private static void positive(List<String> wrong, String name, Duration value) {
        if (!value.isPositive()) {
            wrong.add(name + " = " + value + " (above 0)");
        }
    }
}
