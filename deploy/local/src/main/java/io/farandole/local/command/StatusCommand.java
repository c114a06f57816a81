package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.DataDirectory;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.ledger.Account;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Says what runs, how far behind it is, and how much room it takes. */
@Command(
        name = "status",
        description =
                "Say what runs: process, ports, health, how far each reader is behind, sizes.",
        exitCodeList = {
            "0:it runs and is well",
            "1:it runs, but starts, something is down, or something cannot be asked",
            "4:nothing is running"
        },
        footer = {"  farandole status", "  farandole status --json"})
final class StatusCommand extends Subcommand {

    private static final long MEGABYTE = 1024 * 1024;

    /**
     * How far one processor is behind on one topic.
     *
     * @param subscription what its supervisor says
     * @param behind distinct events in the journal that it has not seen
     */
    record Lag(
            String topic,
            String processor,
            String subscription,
            long behind,
            long waiting,
            long deadLettered) {}

    /** What is on the disk. */
    record Sizes(@Nullable Long databaseBytes, long journalBytes, long directoryBytes) {}

    /**
     * What is archived.
     *
     * @param oldestDay of publication; null if there is nothing yet
     * @param retentionDays 0 for ever
     */
    record Archived(long rows, long bytes, @Nullable String oldestDay, int retentionDays) {

        static Archived of(JsonNode told) {
            JsonNode day = told.path("oldestDay");
            return new Archived(
                    told.path("rows").asLong(),
                    told.path("bytes").asLong(),
                    day.isString() ? day.asString() : null,
                    told.path("retentionDays").asInt());
        }

        String words() {
            return String.format(
                    Locale.ROOT,
                    "Archive: %,d events, %s%s, kept %s",
                    rows,
                    megabytes(bytes),
                    oldestDay == null ? "" : ", the oldest of " + oldestDay,
                    retentionDays == 0 ? "for ever" : "for " + retentionDays + " days");
        }
    }

    /** What only Postgres knows. */
    record Kept(
            List<Lag> lags, long outbox, Map<String, Long> openDeadLetters, long databaseBytes) {}

    /**
     * All of it, for scripts.
     *
     * @param unknown what could not be asked, and why
     */
    record Status(
            long pid,
            String phase,
            String doing,
            Object ports,
            String health,
            Map<String, String> components,
            List<Lag> lags,
            @Nullable Long outbox,
            Map<String, Long> openDeadLetters,
            @Nullable Archived archive,
            Sizes sizes,
            List<String> unknown) {

        boolean isWell() {
            return health.equals("UP") && phase.equals("READY") && unknown.isEmpty();
        }
    }

    @Override
    ExitCode run() {
        Console console = shared().console();
        RunningInstance running = shared().runningSomehow();
        Status status = status(running);
        tell(console, running, status);
        console.result(status);
        return status.isWell() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Status status(RunningInstance running) {
        DataDirectory directory = running.directory();
        List<String> unknown = new ArrayList<>();
        JsonNode health = health(running, unknown);
        Optional<Kept> kept = kept(directory, health, unknown);
        return new Status(
                running.instance().pid(),
                running.instance().phase().name(),
                running.instance().doing(),
                running.ports(),
                health.path("status").asString("UNKNOWN"),
                components(health, ""),
                kept.map(Kept::lags).orElse(List.of()),
                kept.map(Kept::outbox).orElse(null),
                kept.map(Kept::openDeadLetters).orElse(Map.of()),
                archived(running, unknown).orElse(null),
                new Sizes(
                        kept.map(Kept::databaseBytes).orElse(null),
                        DataDirectory.size(directory.journal()),
                        DataDirectory.size(directory.path())),
                unknown);
    }

    private static JsonNode health(RunningInstance running, List<String> unknown) {
        try (Api api = new Api(running.ports())) {
            return api.get(api.health()).body();
        } catch (Failure e) {
            unknown.add("health: " + e.getMessage());
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** Nothing while the process that owns it does not answer. */
    private static Optional<Archived> archived(RunningInstance running, List<String> unknown) {
        try (Api api = new Api(running.ports())) {
            Answer answer = api.get(api.archive());
            if (answer.isOk()) {
                return Optional.of(Archived.of(answer.body()));
            }
            unknown.add("archive: " + api.archive() + " answers " + answer.status());
        } catch (Failure e) {
            unknown.add("archive: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Nothing while Postgres is down, or has no tables yet. */
    private static Optional<Kept> kept(
            DataDirectory directory, JsonNode health, List<String> unknown) {
        try (Tables tables = Tables.in(directory)) {
            return Optional.of(
                    new Kept(
                            Books.of(directory, tables).accounts().stream()
                                    .map(account -> lag(account, health))
                                    .toList(),
                            tables.outbox(),
                            tables.openDeadLetters(),
                            tables.databaseBytes()));
        } catch (Failure | DataAccessException e) {
            unknown.add("lags, outbox, dead letters, database: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Lag lag(Account account, JsonNode health) {
        return new Lag(
                account.topic(),
                account.processor(),
                subscription(health, account),
                account.distinctPublished() - (account.delivered() - account.duplicate()),
                account.waiting(),
                account.deadLettered());
    }

    /** Of a processor whose first generation was dropped, the one through which it reads now. */
    private static String subscription(JsonNode health, Account account) {
        JsonNode states = health.path("components").path("processors").path("details");
        String name = account.topic() + "." + account.processor();
        return states.properties().stream()
                .filter(
                        state ->
                                state.getKey().equals(name)
                                        || state.getKey().startsWith(name + ".g"))
                .map(state -> state.getValue().asString("UNKNOWN"))
                .findFirst()
                .orElse("UNKNOWN");
    }

    private static Map<String, String> components(JsonNode health, String prefix) {
        Map<String, String> components = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> component : health.path("components").properties()) {
            String name = prefix + component.getKey();
            components.put(name, component.getValue().path("status").asString(""));
            components.putAll(components(component.getValue(), name + "."));
        }
        return components;
    }

    private static void tell(Console console, RunningInstance running, Status status) {
        console.say(
                "Process " + status.pid() + " in " + running.directory() + ": " + status.doing());
        console.say(
                "API port "
                        + running.ports().api()
                        + ", management "
                        + running.ports().management()
                        + ", Pub/Sub "
                        + running.ports().pubsub()
                        + ", Postgres "
                        + Optional.ofNullable(running.instance().postgresPort())
                                .map(port -> Integer.toString(port))
                                .orElse("not known yet"));
        console.say("Health " + status.health());
        status.unknown().forEach(what -> console.say("Cannot be asked: " + what));
        Table health = new Table("component", "status");
        status.components().forEach(health::row);
        console.say(health);
        Table lags =
                new Table(
                        "topic", "processor", "subscription", "behind", "waiting", "dead letters");
        for (Lag lag : status.lags()) {
            lags.row(
                    lag.topic(),
                    lag.processor(),
                    lag.subscription(),
                    lag.behind(),
                    lag.waiting(),
                    lag.deadLettered());
        }
        if (!status.lags().isEmpty()) {
            console.say(lags);
        }
        if (status.outbox() != null) {
            console.say("Outbox: " + status.outbox() + " events to publish");
        }
        status.openDeadLetters()
                .forEach(
                        (cause, count) -> console.say("Open dead letters: " + count + " " + cause));
        if (status.archive() != null) {
            console.say(status.archive().words());
        }
        console.say(
                "Database "
                        + Optional.ofNullable(status.sizes().databaseBytes())
                                .map(StatusCommand::megabytes)
                                .orElse("not known")
                        + ", journal "
                        + megabytes(status.sizes().journalBytes())
                        + ", whole directory "
                        + megabytes(status.sizes().directoryBytes()));
    }

    private static String megabytes(long bytes) {
        return bytes / MEGABYTE + " MB";
    }
}
