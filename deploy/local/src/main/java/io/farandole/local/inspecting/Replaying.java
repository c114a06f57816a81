package io.farandole.local.inspecting;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.streams.replay.ReplayRequest;
import io.farandole.streams.replay.ReplayRequests;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks, from another process, the one that runs a processor, and waits for its answer. */
public final class Replaying {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration UNTIL_TAKEN = Duration.ofSeconds(20);

    private final ReplayRequests requests;
    private final Console console;

    public Replaying(Tables tables, Console console) {
        this.requests = new ReplayRequests(tables.dataSource());
        this.console = console;
    }

    /**
     * The answer, however long it takes once it is taken up.
     *
     * @throws Failure if it is refused, fails, or nobody takes it up
     */
    public JsonNode ask(ReplayRequest.Kind kind, String processor, Map<String, String> arguments)
            throws InterruptedException {
        long id = requests.ask(kind, processor, arguments);
        ReplayRequest request = find(id);
        long began = System.nanoTime();
        try (Progress _ = console.progress(_ -> "request " + id + " of " + processor)) {
            while (!request.state().isAnswered()) {
                if (request.state() == ReplayRequest.State.ASKED
                        && System.nanoTime() - began > UNTIL_TAKEN.toNanos()
                        && requests.withdraw(id)) {
                    throw new Failure(
                            ExitCode.FAILED,
                            "No process that runs here took up the request: there is no processor "
                                    + processor
                                    + ", or it is busy with another. See: farandole generations");
                }
                Thread.sleep(BETWEEN_LOOKS);
                request = find(id);
            }
        }
        if (request.state() != ReplayRequest.State.DONE) {
            throw new Failure(ExitCode.FAILED, String.valueOf(request.reason()));
        }
        return JsonMapper.shared().readTree(String.valueOf(request.answer()));
    }

    private ReplayRequest find(long id) {
        return requests.find(id)
                .orElseThrow(
                        () -> new Failure(ExitCode.FAILED, "Request " + id + " was taken away."));
    }
}
