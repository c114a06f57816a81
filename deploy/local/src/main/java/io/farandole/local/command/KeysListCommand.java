package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Tables;
import io.farandole.orchestrator.keys.ApiKeys;
import io.farandole.orchestrator.keys.KeyLine;
import io.farandole.orchestrator.keys.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists keys. */
@Command(
        name = "list",
        description = "List the keys, the oldest first; what is secret of them is not kept.",
        exitCodeList = {"0:listed, be it nothing", "4:nothing is running"},
        footer = {"  farandole keys list", "  farandole keys list --json"})
final class KeysListCommand extends Subcommand {

    @Override
    ExitCode run() {
        Console console = shared().console();
        try (Tables tables = Tables.in(shared().running().directory())) {
            List<KeyLine> keys = new ApiKeys(tables.client()).list();
            if (keys.isEmpty()) {
                console.say("There are no keys. Make one: farandole keys create NAME --role app");
            } else {
                Table table = new Table("id", "name", "roles", "made", "ends", "live");
                keys.forEach(
                        key ->
                                table.row(
                                        key.id(),
                                        key.name(),
                                        roles(key),
                                        key.created(),
                                        end(key.expires()),
                                        key.live() ? "yes" : "no"));
                console.say(table);
            }
            console.result(keys);
            return ExitCode.OK;
        }
    }

    private static String roles(KeyLine key) {
        return key.roles().stream()
                .map(Role::name)
                .map(role -> role.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String end(@Nullable Instant expires) {
        return expires == null ? "never" : expires.toString();
    }
}
