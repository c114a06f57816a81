package io.farandole.gateway.events;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.events.Publishing.Unacknowledged;
import io.farandole.gateway.problems.Flaw;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes in a request's events: reads, screens and publishes them. */
@Component
class Accepting {

    private final ReadingRequest reading;
    private final Screening screening;
    private final Publishing publishing;
    private final Duration retryAfter;

    Accepting(
            ReadingRequest reading,
            Screening screening,
            Publishing publishing,
            GatewaySettings settings) {
        this.reading = reading;
        this.screening = screening;
        this.publishing = publishing;
        this.retryAfter = settings.retryAfter();
    }

    /** The receipt, or a problem: all refused, or not all that was good acknowledged. */
    Mono<Receipt> accept(HttpHeaders headers, byte[] body) {
        IdempotencyKey key = IdempotencyKey.of(headers);
        List<Verdict> verdicts =
                reading.read(headers, body).stream()
                        .map(event -> key == null ? event : key.named(event))
                        .map(screening::screen)
                        .toList();
        List<Verdict.Accepted> good = new ArrayList<>();
        List<Flaw> flaws = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            switch (verdict) {
                case Verdict.Accepted event -> good.add(event);
                case Refused event -> flaws.add(event.flaw());
            }
        }
        if (good.isEmpty() && !flaws.isEmpty()) {
            Flaw first = flaws.getFirst();
            return Mono.error(
                    ProblemException.of(
                            ProblemCode.INVALID_EVENT,
                            first.place() + " " + first.reason(),
                            flaws));
        }
        return publishing
                .publish(good)
                .flatMap(
                        missing ->
                                missing.isEmpty()
                                        ? Mono.just(Receipt.of(verdicts))
                                        : Mono.error(notAcknowledged(missing, flaws, good.size())));
    }

    private ProblemException notAcknowledged(
            List<Unacknowledged> missing, List<Flaw> refused, int published) {
        List<Flaw> flaws = new ArrayList<>(refused);
        missing.forEach(event -> flaws.add(new Flaw(event.index(), "$", event.reason())));
        flaws.sort(Comparator.comparingInt(flaw -> flaw.index() == null ? 0 : flaw.index()));
        return ProblemException.unavailable(
                ProblemCode.BROKER_UNAVAILABLE,
                missing.size()
                        + " of "
                        + published
                        + " valid events were not acknowledged. Send the same request again after the"
                        + " seconds in Retry-After: with the same source and id an event counts once,"
                        + " even if it did arrive",
                flaws,
                retryAfter,
                null);
    }
}
