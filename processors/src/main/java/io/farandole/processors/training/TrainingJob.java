package io.farandole.processors.training;

import io.farandole.events.Cause;
import io.farandole.events.Decoded;
import io.farandole.events.Envelope;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.processors.objects.CloudObjects;
import io.farandole.processors.objects.LocalDraft;
import io.farandole.processors.steps.GivenUp;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program of a job of Vertex AI: fetches a run's data set, trains one of its candidates as is
 * done locally, in a child, puts the model, and says that it is trained. {@code --bucket BUCKET
 * --attributes JSON --event JSON --candidate N --memory BYTES --longest DURATION}, the middle two
 * being the message that said that the data set is ready; {@code FARANDOLE_PROJECT} in the
 * environment. Exit codes as the recommenders' program has them: 0 only when the broker has
 * acknowledged the event, 2 wrong usage, 3 it will never be trained, 1 anything else.
 */
final class TrainingJob {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int GIVEN_UP = 3;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NAME = "farandole/training";

    private record Order(
            String bucket,
            Message<TrainingEvent> message,
            DatasetReady ready,
            int candidate,
            TrainingSettings settings,
            String project) {}

    private TrainingJob() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.err));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream err) {
        Order order;
        try {
            order = order(options(arguments), environment);
        } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
            err.println(e.getMessage());
            return WRONG_USAGE;
        }
        try (LocalDraft copies = LocalDraft.temporary()) {
            CloudObjects objects =
                    CloudObjects.in(
                            order.bucket,
                            uri(environment.get("STORAGE_EMULATOR_HOST")),
                            copies.directory());
            ModelTrained trained =
                    new TrainingModels(objects, new ChildTrainer(order.settings))
                            .train(order.ready, order.candidate);
            Announcing.publish(
                    said(order.message, trained),
                    order.project,
                    environment.get("PUBSUB_EMULATOR_HOST"));
            err.println("trained " + trained.spec() + " as " + trained.model());
            return DONE;
        } catch (GivenUp e) {
            err.println(e.getMessage());
            return GIVEN_UP;
        } catch (InterruptedException e) {
            err.println("interrupted");
            return FAILED;
        } catch (IOException | TrainingFailed e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (RuntimeException e) {
            e.printStackTrace(err);
            return FAILED;
        }
    }

    /**
     * The event in the envelope that the step would have put it in, but for its id: that one comes
     * from the input and the candidate, so that a job that runs twice says one thing.
     */
    static Message<TrainingEvent> said(Message<TrainingEvent> because, ModelTrained trained) {
        Envelope input = because.envelope();
        UUID id =
                EventId.derived(
                        UUID.fromString(input.id()),
                        "training job",
                        0,
                        TopicCatalogue.TRAINING,
                        trained.candidate());
        Cause cause = input.causedBy();
        Instant now = Announcing.now();
        return new Message<>(
                new Envelope(
                        id.toString(),
                        NAME,
                        TopicCatalogue.TRAINING.typeOf(trained),
                        TopicCatalogue.TRAINING.subjectOf(trained),
                        now,
                        now,
                        input.correlationId(),
                        input.id(),
                        cause,
                        null,
                        input.traceParent()),
                trained);
    }

    private static Order order(Map<String, String> options, Map<String, String> environment) {
        String project = environment.getOrDefault("FARANDOLE_PROJECT", "");
        if (project.isBlank()) {
            throw new IllegalArgumentException("FARANDOLE_PROJECT is not set: where topics are");
        }
        Map<?, ?> told = JSON.readValue(needed(options, "--attributes"), Map.class);
        Map<String, String> attributes = new HashMap<>();
        told.forEach((name, value) -> attributes.put(name.toString(), value.toString()));
        Message<TrainingEvent> message =
                switch (new EventCodec()
                        .decode(
                                TopicCatalogue.TRAINING,
                                attributes,
                                needed(options, "--event").getBytes(StandardCharsets.UTF_8),
                                Announcing.now())) {
                    case Decoded.Understood<TrainingEvent>(Message<TrainingEvent> read, _) -> read;
                    case Decoded.Refused<TrainingEvent>(String reason, String place) ->
                            throw new IllegalArgumentException(
                                    "--event is no event: " + place + " " + reason);
                };
        if (!(message.event() instanceof DatasetReady ready)) {
            throw new IllegalArgumentException("--event is no data set that is ready");
        }
        int candidate = Integer.parseInt(needed(options, "--candidate"));
        if (candidate < 1 || candidate > ready.candidates().size()) {
            throw new IllegalArgumentException(
                    "--candidate " + candidate + ": there are " + ready.candidates().size());
        }
        Order order =
                new Order(
                        needed(options, "--bucket"),
                        message,
                        ready,
                        candidate,
                        TrainingSettings.ofJob(
                                Long.parseLong(needed(options, "--memory")),
                                Duration.parse(needed(options, "--longest"))),
                        project);
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("there is no option " + options.keySet());
        }
        return order;
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " has no value");
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private static String needed(Map<String, String> options, String name) {
        String value = options.remove(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static @Nullable URI uri(@Nullable String text) {
        return text == null || text.isBlank() ? null : URI.create(text);
    }
}
