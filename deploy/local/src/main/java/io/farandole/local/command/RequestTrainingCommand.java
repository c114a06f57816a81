package io.farandole.local.command;

import io.farandole.events.RunId;
import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.AskingForTraining;
import io.farandole.recommenders.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Begins a run. */
@Command(
        name = "request-training",
        description = {
            "Ask for a model to be trained, judged and, if it is good enough, released.",
            "Ends when the request is published; what becomes of it is in: farandole runs"
        },
        exitCodeList = {
            "0:requested; the run's id is printed",
            "1:it could not be published",
            "4:nothing is running"
        },
        footer = {
            "  farandole request-training",
            "  farandole request-training --candidate ease:lambda=200 --candidate"
                    + " item-knn:neighbours=100,shrink=10"
        })
final class RequestTrainingCommand extends Subcommand {

    @Option(
            names = "--candidate",
            paramLabel = "SPEC",
            converter = Spec.class,
            description = {
                "A model to try, such as ease:lambda=200; may be repeated.",
                "Without any, the configured ones are tried."
            })
    private List<String> candidates = new ArrayList<>();

    @Override
    ExitCode run() {
        Console console = shared().console();
        RunId run = AskingForTraining.on(shared().running(), candidates);
        console.say("Requested " + run + ". Follow it with: farandole runs show " + run);
        console.result(Map.of("run", run));
        return ExitCode.OK;
    }

    /** A specification in its one form, refused before anything is asked. */
    private static final class Spec implements ITypeConverter<String> {

        @Override
        public String convert(String value) {
            try {
                return ModelSpec.parse(value).text();
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
