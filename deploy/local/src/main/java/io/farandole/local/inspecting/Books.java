package io.farandole.local.inspecting;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.running.DataDirectory;
import io.farandole.orchestrator.ledger.Account;
import io.farandole.orchestrator.ledger.BalancingLedger;
import io.farandole.orchestrator.ledger.CountingJournal;
import io.farandole.orchestrator.ledger.ReadingLedger;
import java.time.Clock;
import java.util.List;

/**
 * What was published, by the broker's journal and, where that ends, by the archive, against what
 * became of it, by the processors.
 */
public record Books(List<Account> accounts) {

    public static Books of(DataDirectory directory, Tables tables) {
        return new Books(ledger(directory, tables).accounts());
    }

    /**
     * Those of one generation of each processor that has it, active or not.
     *
     * @throws Failure if none has
     */
    public static Books of(DataDirectory directory, Tables tables, int generation) {
        List<Account> accounts = ledger(directory, tables).accounts(generation);
        if (accounts.isEmpty()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "No processor has a generation "
                            + generation
                            + ". See: farandole generations list");
        }
        return new Books(accounts);
    }

    private static BalancingLedger ledger(DataDirectory directory, Tables tables) {
        return new BalancingLedger(
                new CountingJournal(directory.journal(), Clock.systemUTC()),
                new ReadingLedger(tables.client()));
    }

    public boolean balance() {
        return accounts.stream().allMatch(Account::balances);
    }

    /** Whether every event that was published is accounted for, and none waits. */
    public boolean atRest() {
        return balance() && accounts.stream().allMatch(account -> account.waiting() == 0);
    }

    public Table table() {
        Table table =
                new Table(
                        "topic",
                        "processor",
                        "published",
                        "distinct",
                        "earlier",
                        "delivered",
                        "applied",
                        "duplicate",
                        "late",
                        "rejected",
                        "dead",
                        "waiting",
                        "withheld",
                        "expired",
                        "");
        for (Account account : accounts) {
            table.row(
                    account.topic(),
                    account.processor(),
                    account.published(),
                    account.distinctPublished(),
                    account.earlier(),
                    account.delivered(),
                    account.applied(),
                    account.duplicate(),
                    account.late(),
                    account.rejected(),
                    account.deadLettered(),
                    account.waiting(),
                    account.withheld(),
                    account.expired(),
                    account.balances() ? "balances" : "DOES NOT BALANCE");
        }
        return table;
    }

    /** The table, and what does not add up. */
    public void say(Console console) {
        console.say(table());
        accounts.stream()
                .flatMap(account -> account.imbalances().stream())
                .forEach(imbalance -> console.say("  " + imbalance));
        console.say(
                "  published, distinct: counted in the broker's journal; earlier: of hours that it no longer has,"
                        + " held against the archive; the rest: told by the processors");
        if (accounts.stream().anyMatch(account -> account.withheld() + account.expired() > 0)) {
            console.say(
                    "  withheld: of users who asked to be forgotten; expired: no longer in the archive"
                            + " when the generation was built from it");
        }
    }
}
