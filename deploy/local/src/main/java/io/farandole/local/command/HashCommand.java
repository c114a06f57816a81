package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.StoreHash;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.DataDirectory;
import java.util.List;
import picocli.CommandLine.Command;

/** Prints a hash of every store, to compare two installations or one before and after. */
@Command(
        name = "hash",
        description = {
            "Print a hash of each store's business columns and of the lists' entries.",
            "Equal hashes mean equal state, whatever was killed or repeated on the way."
        },
        exitCodeList = {"0:printed", "4:nothing is running"},
        footer = {"  farandole hash", "  farandole hash --json > before.json"})
final class HashCommand extends Subcommand {

    @Override
    ExitCode run() {
        Console console = shared().console();
        List<StoreHash> hashes = hashes(shared().running().directory());
        Table table = new Table("store", "rows", "hash");
        hashes.forEach(hash -> table.row(hash.store(), hash.rows(), hash.hash()));
        console.say(table);
        console.result(hashes);
        return ExitCode.OK;
    }

    private static List<StoreHash> hashes(DataDirectory directory) {
        try (Tables tables = Tables.in(directory)) {
            return tables.hashes();
        }
    }
}
