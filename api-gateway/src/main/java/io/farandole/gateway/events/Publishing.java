package io.farandole.gateway.events;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.publishing.Publishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Publishes events in the order given, each under its entity's ordering key. */
@Component
class Publishing {

    private final Publishers publishers;
    private final Duration deadline;

    Publishing(Publishers publishers, GatewaySettings settings) {
        this.publishers = publishers;
        this.deadline = settings.events().publishDeadline();
    }

    /** An event of which it is not known whether the broker has it. */
    record Unacknowledged(int index, String reason) {}

    /** Ends when the broker has answered for every event, or the deadline is over; never fails. */
    Mono<List<Unacknowledged>> publish(List<Verdict.Accepted> events) {
        return Mono.defer(
                () -> {
                    // All are handed to the client first: it keeps the order of each key.
                    List<Mono<Unacknowledged>> answers =
                            events.stream().map(this::publish).toList();
                    return Flux.mergeSequential(answers, Math.max(1, answers.size()), 1)
                            .collectList();
                });
    }

    /** Empty once the event is acknowledged. */
    private Mono<Unacknowledged> publish(Verdict.Accepted event) {
        Mono<String> acknowledged;
        try {
            acknowledged = publishers.publish(event.topic(), event.message());
        } catch (IllegalStateException e) {
            // The client is closed: we are about to end.
            return Mono.just(new Unacknowledged(event.index(), "this instance is shutting down"));
        }
        return acknowledged
                .timeout(deadline)
                .then(Mono.<Unacknowledged>empty())
                .onErrorResume(
                        failure -> Mono.just(new Unacknowledged(event.index(), reason(failure))));
    }

    private String reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? "not acknowledged within " + deadline.toMillis() + " ms"
                : "not published: " + Quote.of(String.valueOf(failure.getMessage()));
    }
}
