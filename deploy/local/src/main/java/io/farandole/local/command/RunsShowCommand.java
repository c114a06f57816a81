package io.farandole.local.command;

import io.farandole.events.RunId;
import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.RunDocument;
import io.farandole.local.inspecting.RunLedger;
import io.farandole.local.inspecting.RunMeasurements;
import io.farandole.local.inspecting.RunReport;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Shows one run. */
@Command(
        name = "show",
        description = {
            "Show a run: state and reasons; parameters, metrics and artefacts of its models; the"
                    + " timeline, with how long after its cause each event came; NDCG, recall, MAP,"
                    + " hit rate and coverage of each model, of popularity and of what was served."
        },
        exitCodeList = {"0:shown", "1:there is no such run", "4:nothing is running"},
        footer = {
            "  farandole runs show run-20260301-093000-5f0c",
            "  farandole runs show run-20260301-093000-5f0c --json"
        })
final class RunsShowCommand extends Subcommand {

    @Parameters(
            paramLabel = "RUN",
            converter = Run.class,
            description = "The run's id, as farandole runs lists it.")
    private RunId run = new RunId("none");

    @Override
    ExitCode run() {
        Console console = shared().console();
        DataDirectory directory = shared().running().directory();
        try (Tables tables = Tables.in(directory)) {
            RunReport report =
                    RunLedger.one(tables, run)
                            .orElseThrow(
                                    () ->
                                            new Failure(
                                                    ExitCode.FAILED,
                                                    "Nothing was heard of a run "
                                                            + run
                                                            + ". See: farandole runs"));
            RunMeasurements measured = RunMeasurements.of(report.details(), directory.objects());
            report.say(console);
            measured.say(console);
            console.result(new RunDocument(report.details(), measured.candidates()));
            return ExitCode.OK;
        }
    }

    /** A run's id, refused before anything is asked. */
    private static final class Run implements ITypeConverter<RunId> {

        @Override
        public RunId convert(String value) {
            try {
                return new RunId(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + value + "': " + e.getMessage());
            }
        }
    }
}
