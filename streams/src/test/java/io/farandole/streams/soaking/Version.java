package io.farandole.streams.soaking;

import io.farandole.streams.Processor;
import io.farandole.streams.installation.Tally;

/** Programs of one processor, of which several run at the same time while one follows another. */
enum Version {
    OLD {
        @Override
        Processor processor() {
            return Tally.processor();
        }

        @Override
        Version other() {
            return NEXT;
        }
    },
    /** Its state says one thing more, and so does it. */
    NEXT {
        @Override
        Processor processor() {
            return NextTally.processor();
        }

        @Override
        Version other() {
            return OLD;
        }
    },
    /** What the others keep it could not read. */
    OF_ANOTHER_SHAPE {
        @Override
        Processor processor() {
            return ReshapedTally.processor();
        }

        @Override
        Version other() {
            throw new IllegalStateException("it never runs");
        }
    };

    abstract Processor processor();

    /** The one that it is rolled to: forward, or back. */
    abstract Version other();
}
