package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.local.command.StatusDocument.Archived;
import io.farandole.local.command.StatusDocument.Lag;
import io.farandole.local.command.StatusDocument.Sizes;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.Room;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.Bounds;
import io.farandole.local.running.DataDirectory;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.ledger.Account;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.deadletters.OpenLetters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Command;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Says what runs, how far behind it is, and how much room it takes. */
@Command(
        name = "status",
        description =
                "Say what runs: process, ports, health, how far each reader is behind, sizes.",
        exitCodeList = {
            "0:it runs and is well",
            "1:it runs, but starts, something is down or nearly full, or cannot be asked",
            "4:nothing is running"
        },
        footer = {"  farandole status", "  farandole status --json"})
final class StatusCommand extends Subcommand {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What only Postgres knows. */
    record Kept(
            List<Lag> lags,
            long outbox,
            OpenLetters openDeadLetters,
            long databaseBytes,
            Room.InTables room) {}

    @Override
    ExitCode run() {
        Console console = shared().console();
        RunningInstance running = shared().runningSomehow();
        StatusDocument status = status(running);
        StatusWords.tell(console, running, status);
        console.result(status);
        return status.isWell() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static StatusDocument status(RunningInstance running) {
        DataDirectory directory = running.directory();
        List<String> unknown = new ArrayList<>();
        JsonNode health = health(running, unknown);
        Optional<Kept> kept = kept(directory, health, unknown);
        Optional<Archived> archived = archived(running, unknown);
        long journal = DataDirectory.size(directory.journal());
        return new StatusDocument(
                running.instance().pid(),
                running.instance().phase().name(),
                running.instance().doing(),
                running.ports(),
                health.path("status").asString("UNKNOWN"),
                components(health, ""),
                kept.map(Kept::lags).orElse(List.of()),
                kept.map(Kept::outbox).orElse(null),
                kept.map(Kept::openDeadLetters).map(OpenLetters::active).orElse(Map.of()),
                kept.map(Kept::openDeadLetters).map(OpenLetters::others).orElse(Map.of()),
                archived.orElse(null),
                new Sizes(
                        kept.map(Kept::databaseBytes).orElse(null),
                        journal,
                        DataDirectory.size(directory.path())),
                bounds(running, unknown)
                        .map(
                                bounds ->
                                        Room.of(
                                                        bounds,
                                                        journal,
                                                        kept.map(Kept::room).orElse(null),
                                                        archived.map(Archived::bytes).orElse(null))
                                                .all())
                        .orElse(List.of()),
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

    private static Optional<Bounds> bounds(RunningInstance running, List<String> unknown) {
        try (Api api = new Api(running.ports())) {
            Answer answer = api.get(api.bounds());
            if (answer.isOk()) {
                return Optional.of(JSON.treeToValue(answer.body(), Bounds.class));
            }
            unknown.add("bounds: " + api.bounds() + " answers " + answer.status());
        } catch (Failure | JacksonException e) {
            unknown.add("bounds: " + e.getMessage());
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
                            tables.deadLetters().counted(),
                            tables.databaseBytes(),
                            Room.InTables.of(tables)));
        } catch (Failure | DataAccessException | InfrastructureTrouble e) {
            unknown.add("lags, outbox, dead letters, database: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Lag lag(Account account, JsonNode health) {
        return new Lag(
                account.topic(),
                account.processor(),
                subscription(health, account),
                account.behind(),
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
}
