package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import io.farandole.streams.batch.RegisteredGenerations.Progress;
import io.farandole.streams.replay.ReplayRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** Brings again what was published since. */
@Command(
        name = "repair",
        description = {
            "Have everything that was published on a topic since then delivered again, to one"
                    + " processor or to all that read it.",
            "What was applied is known and counts as a duplicate: only what was missed takes effect."
        },
        exitCodeList = {
            "0:it is being delivered again",
            "1:refused; the line says why",
            "4:nothing is running"
        },
        footer = {
            "  farandole replay repair --topic activity --since 2026-03-01T00:00:00Z",
            "  farandole replay repair --topic activity --since 2026-03-01T00:00:00Z --processor"
                    + " profile"
        })
final class ReplayRepairCommand extends GenerationsSubcommand {

    @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "Which topic.")
    private String topic = "";

    @Option(
            names = "--since",
            required = true,
            paramLabel = "TIME",
            converter = Time.class,
            description = "From when, in UTC, such as 2026-03-01T00:00:00Z.")
    private Instant since = Instant.EPOCH;

    @Option(
            names = "--processor",
            paramLabel = "PROCESSOR",
            description = "Only to this one; without, to all that read the topic.")
    private @Nullable String processor;

    @Option(names = "--dry-run", description = "Only say which subscriptions would be read again.")
    private boolean dryRun;

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying)
            throws InterruptedException {
        List<JsonNode> answers = new ArrayList<>();
        for (String reader : readers(generations)) {
            JsonNode answer =
                    replaying.ask(
                            ReplayRequest.Kind.REPAIR,
                            reader,
                            Map.of(
                                    "topic",
                                    topic,
                                    "since",
                                    since.toString(),
                                    "dryRun",
                                    Boolean.toString(dryRun)));
            console.say(
                    (dryRun ? "Would be read again: " : "Is read again: ")
                            + answer.path("subscription").asString("")
                            + " since "
                            + since);
            answers.add(answer);
        }
        console.result(answers);
        return ExitCode.OK;
    }

    private List<String> readers(Generational generations) {
        if (processor != null) {
            return List.of(processor);
        }
        List<String> readers =
                generations.list(null).stream()
                        .filter(listed -> listed.phase().equals("ACTIVE"))
                        .filter(
                                listed ->
                                        listed.topics().stream()
                                                .map(Progress::topic)
                                                .anyMatch(topic::equals))
                        .map(Generational.Listed::processor)
                        .toList();
        if (readers.isEmpty()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "No processor has heard anything on topic "
                            + topic
                            + "; name the one that should with --processor");
        }
        return readers;
    }

    /** An instant, refused before anything is asked. */
    private static final class Time implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String value) {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'" + value + "' is no time in UTC, such as 2026-03-01T00:00:00Z");
            }
        }
    }
}
