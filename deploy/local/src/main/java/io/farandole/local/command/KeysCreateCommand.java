package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Tables;
import io.farandole.orchestrator.keys.ApiKeys;
import io.farandole.orchestrator.keys.IssuedKey;
import io.farandole.orchestrator.keys.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a key. */
@Command(
        name = "create",
        description = {
            "Make a key and print it, this once: only a hash of it is kept.",
            "What it may do: app asks for recommendations, producer posts events, operator both."
        },
        exitCodeList = {"0:made", "1:not made", "4:nothing is running"},
        footer = {
            "  farandole keys create app --role app --expires-in 90d",
            "  farandole keys create backend --role producer --json"
        })
final class KeysCreateCommand extends Subcommand {

    @Parameters(paramLabel = "NAME", description = "Whose key it is, for people.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            split = ",",
            description = "${COMPLETION-CANDIDATES}; may be repeated.")
    private List<Role> roles = List.of();

    @Option(
            names = "--expires-in",
            paramLabel = "TIME",
            converter = TimeAhead.class,
            description =
                    "After how long it lets nobody in any more, as 90d or 12h (default: never).")
    private @Nullable Duration expiresIn;

    @Override
    ExitCode run() {
        Console console = shared().console();
        try (Tables tables = Tables.in(shared().running().directory())) {
            Instant expires = expiresIn == null ? null : Instant.now().plus(expiresIn);
            IssuedKey key =
                    new ApiKeys(tables.client()).issue(name, EnumSet.copyOf(roles), expires);
            console.sayInWordsAlone(key.text());
            console.say("Keep it: it is not shown again. By its id it is revoked: " + key.id());
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("id", key.id());
            document.put("key", key.text());
            document.put("name", key.name());
            document.put("roles", key.roles());
            document.put("expires", key.expires());
            console.result(document);
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.FAILED, "Not made: " + e.getMessage(), e);
        }
    }
}
