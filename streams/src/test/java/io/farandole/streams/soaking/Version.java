package io.farandole.streams.soaking;

import io.farandole.streams.Processor;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.WindowTally;
import java.util.List;

/** Programs of one processor, of which several run at the same time while one follows another. */
enum Version {
    OLD {
        @Override
        List<Processor> processors() {
            return List.of(Tally.processor(), WindowTally.processor());
        }

        @Override
        Version other() {
            return NEXT;
        }
    },
    /** Its state says one thing more, and so does it. */
    NEXT {
        @Override
        List<Processor> processors() {
            return List.of(NextTally.processor(), WindowTally.processor());
        }

        @Override
        Version other() {
            return OLD;
        }
    },
    /** What the others keep it could not read. */
    OF_ANOTHER_SHAPE {
        @Override
        List<Processor> processors() {
            return List.of(ReshapedTally.processor());
        }

        @Override
        Version other() {
            throw new IllegalStateException("it never runs");
        }
    };

    abstract List<Processor> processors();

    /** The one that it is rolled to: forward, or back. */
    abstract Version other();
}
