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
    private static final Duration UNTIL_TOLD = Duration.ofSeconds(2);
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
        ReplayRequest request = await(id, processor, UNTIL_TOLD);
        if (!request.state().isAnswered()) {
            try (Progress _ = console.progress(_ -> "waiting for the answer of " + processor)) {
                request = await(id, processor, Duration.ofDays(1));
            }
        }
        if (request.state() != ReplayRequest.State.DONE) {
            throw new Failure(ExitCode.FAILED, String.valueOf(request.reason()));
        }
        return JsonMapper.shared().readTree(String.valueOf(request.answer()));
    }

    /** As it is when it is answered, or so much later. */
    private ReplayRequest await(long id, String processor, Duration most)
            throws InterruptedException {
        long began = System.nanoTime();
        ReplayRequest request = find(id);
        while (!request.state().isAnswered() && System.nanoTime() - began < most.toNanos()) {
            if (request.state() == ReplayRequest.State.ASKED
                    && System.nanoTime() - began > UNTIL_TAKEN.toNanos()
                    && requests.withdraw(id)) {
                throw new Failure(
                        ExitCode.FAILED,
                        "No process that runs here took up the request: "
                                + processor
                                + " is not run, or is busy with another request. See: farandole"
                                + " status");
            }
            Thread.sleep(BETWEEN_LOOKS);
            request = find(id);
        }
        return request;
    }

    private ReplayRequest find(long id) {
        return requests.find(id)
                .orElseThrow(
                        () -> new Failure(ExitCode.FAILED, "Request " + id + " was taken away."));
    }
}
