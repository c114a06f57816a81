package io.farandole.streams.soaking;

import static io.farandole.events.TopicCatalogue.ACTIVITY;

import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.installation.Tally;

/** A {@link Tally} that keeps words where there are numbers: it may not run on that state. */
final class ReshapedTally {

    private ReshapedTally() {}

    /** How many, in words. */
    record Count(String number) {}

    static Processor processor() {
        return Processor.named(Tally.NAME)
                .reads(
                        Source.of(
                                ACTIVITY,
                                (_, _) -> {},
                                (_, _) -> {
                                    throw new IllegalStateException("this must never run");
                                }))
                .keeps(new Store<>("items", Count.class))
                .build();
    }
}
