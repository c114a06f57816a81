package io.farandole.processors.ingestion;

import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.UserEvent;
import io.farandole.streams.Stepped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The step that refuses what no codec can know to be wrong, because it takes more than the value to
 * see it. Now is when the message was published, so that a message is judged alike whenever it is
 * judged.
 */
final class Validation implements Function<Stepped<Event>, Stepped<Event>> {

    /** Noon comes to the first time zone this long before it comes to Greenwich. */
    private static final int EASTERNMOST_HOURS = 14;

    private final Duration clockTolerance;

    Validation(Duration clockTolerance) {
        this.clockTolerance = clockTolerance;
    }

    @Override
    public Stepped<Event> apply(Stepped<Event> stepped) {
        return switch (stepped) {
            case Stepped.Refused<Event> refused -> refused;
            case Stepped.Going<Event>(Message<Event> message) -> {
                Stepped<Event> refusal = refusal(message);
                yield refusal == null ? stepped : refusal;
            }
        };
    }

    private @Nullable Stepped<Event> refusal(Message<Event> message) {
        Envelope envelope = message.envelope();
        Instant latest = envelope.recordedTime().plus(clockTolerance);
        if (envelope.time().isAfter(latest)) {
            return new Stepped.Refused<>(
                    "is "
                            + envelope.time()
                            + ", more than "
                            + clockTolerance.toSeconds()
                            + " s after its publishing at "
                            + envelope.recordedTime(),
                    "attribute ce-time");
        }
        return switch (message.event()) {
            case UserEvent.Registered registered ->
                    bornLater(registered.birthDate(), envelope, "$.registered.birthDate");
            case UserEvent.ProfileChanged changed ->
                    bornLater(changed.birthDate(), envelope, "$.profileChanged.birthDate");
            default -> null;
        };
    }

    private static @Nullable Stepped<Event> bornLater(
            @Nullable LocalDate birthDate, Envelope envelope, String place) {
        LocalDate today =
                envelope.recordedTime()
                        .atOffset(ZoneOffset.ofHours(EASTERNMOST_HOURS))
                        .toLocalDate();
        return birthDate == null || !birthDate.isAfter(today)
                ? null
                : new Stepped.Refused<>("is " + birthDate + ", in the future", place);
    }
}
