package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.local.asking.ListTable;
import io.farandole.local.console.Console;
import io.farandole.local.offline.Listing;
import io.farandole.local.offline.ListingWords;
import io.farandole.recommenders.dataset.FileShape;
import io.farandole.recommenders.dataset.InteractionFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the API recommends to a user, or what a model in files does. */
@Command(
        name = "recommend",
        description = {
            "Show a user's list, with titles and why, as the API answers it.",
            "With --model, lists for many users from a model's directory; nothing needs to run."
        },
        exitCodeList = {
            "0:the API answered with a list, or the model did",
            "1:it answered with a problem, or not at all; or there is no model",
            "4:nothing is running"
        },
        footer = {
            "  farandole recommend 42",
            "  farandole recommend 42 --k 5 --json",
            "  farandole recommend --model model --users users.txt --k 20 --format lists"
        })
final class RecommendCommand extends Subcommand {

    /** How lists from files are printed. */
    enum Format {
        TABLE,
        LISTS,
        JSON
    }

    static final class FromFiles {
        @Option(
                names = "--model",
                paramLabel = "DIR",
                required = true,
                description = "A model's directory, as train writes it.")
        private Path model = Path.of("");

        @Option(
                names = "--users",
                paramLabel = "FILE",
                required = true,
                description = "The first column of each line is a user; repeats do no harm.")
        private Path users = Path.of("");

        @Option(
                names = "--events",
                paramLabel = "FILE",
                description =
                        "What the users did, to be folded in (default: what the model was trained"
                                + " on).")
        private @Nullable Path events;

        @Option(
                names = "--format-in",
                paramLabel = "SHAPE",
                defaultValue = "found",
                description = "Of --events: columns, lists, sequences or found (default).")
        private FileShape shape = FileShape.FOUND;

        @Option(
                names = "--format",
                paramLabel = "HOW",
                defaultValue = "table",
                description =
                        "table (default), lists (one line a user: user item item ...) or json.")
        private Format format = Format.TABLE;

        private @Nullable InteractionFile did() {
            return events == null ? null : new InteractionFile(events, shape);
        }
    }

    static final class Whose {
        @Parameters(paramLabel = "USER", description = "The user's id, such as 42.")
        private @Nullable String user;

        @ArgGroup(exclusive = false)
        private @Nullable FromFiles files;
    }

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(
            names = {"-k", "--k"},
            paramLabel = "N",
            defaultValue = "10",
            converter = WholeNumber.class,
            description = "How many items (default: ${DEFAULT-VALUE}).")
    private int count;

    @Override
    ExitCode run() {
        if (whose.files != null) {
            return fromFiles(whose.files);
        }
        return fromTheApi(String.valueOf(whose.user));
    }

    private ExitCode fromFiles(FromFiles files) {
        boolean json = shared().json() || files.format == Format.JSON;
        Console console = shared().console(json);
        ListingWords words =
                new ListingWords(
                        Listing.from(files.model, files.did()), Listing.users(files.users), count);
        if (json) {
            console.result(words.document());
        } else if (files.format == Format.LISTS) {
            words.lines().forEach(console::say);
        } else {
            words.sayTables(console);
        }
        return ExitCode.OK;
    }

    private ExitCode fromTheApi(String user) {
        Console console = shared().console();
        try (Api api = new Api(shared().running().ports())) {
            Answer answer = api.recommendations(user, count);
            if (!answer.isOk()) {
                throw new Failure(
                        ExitCode.FAILED,
                        "The API answered "
                                + answer.status()
                                + ": "
                                + answer.body().path("detail").asString(""));
            }
            ListTable list = new ListTable(answer.body());
            console.say(list.headline());
            console.say(list.table());
            console.result(answer.body());
            return ExitCode.OK;
        }
    }
}
