package io.farandole.streams;

import io.farandole.events.Identity;
import io.farandole.events.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Which part of a processor says something because of an input: its fold, a timer, a work, or a
 * work that was given up. Each numbers what it says from 0 and derives ids under a name of its own,
 * so that no two of them ever give one id: {@code <processor>}, {@code
 * <processor>@<timer>/<key>/<time>}, {@code <processor>/<work>}, {@code <processor>/<work>/failed}.
 * A processor's name has no slash.
 *
 * @param suffix what it adds to the processor's name
 */
public record Voice(String suffix) {

    public static final Voice FOLD = new Voice("");

    private static final String TIMER = "@";

    public static Voice of(Work<?> work) {
        return new Voice("/" + work.name());
    }

    /** When the work was given up. */
    public static Voice ofFailed(Work<?> work) {
        return new Voice("/" + work.name() + "/failed");
    }

    /** When a timer fires. */
    public static Voice of(DueTimer due) {
        return new Voice(
                TIMER + due.timer().name() + "/" + due.firing().key() + "/" + due.firing().at());
    }

    boolean isOfTimer() {
        return suffix.startsWith(TIMER);
    }

    /** The name under which ids are derived from internal events. */
    public String of(Processor processor) {
        return processor.name() + suffix;
    }

    /** What stands for a source event in the ids of what is said because of it. */
    public UUID of(UUID sourceIdentity) {
        return suffix.isEmpty() ? sourceIdentity : Identity.of(suffix, sourceIdentity.toString());
    }

    /**
     * What a work says because of an input.
     *
     * @param time when it came to its end: the event time of what is said
     * @throws IllegalStateException if the processor does not declare that it writes there
     */
    public List<Emission> says(
            Processor processor, Message<?> input, List<Saying> sayings, Instant time) {
        List<Emission> emissions = new ArrayList<>(sayings.size());
        for (Saying saying : sayings) {
            processor.requireSink(saying.topic());
            emissions.add(
                    new Emission(
                            input.envelope(),
                            this,
                            emissions.size(),
                            saying.topic(),
                            saying.event(),
                            time));
        }
        return emissions;
    }
}
