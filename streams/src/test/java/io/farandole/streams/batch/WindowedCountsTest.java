package io.farandole.streams.batch;

import io.farandole.streams.batch.Histories.Fate;
import io.farandole.streams.batch.Histories.History;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens, the driver's windows are what the oracle says. */
class WindowedCountsTest {

    @Provide
    Arbitrary<History> histories() {
        return Histories.any();
    }

    @Property(tries = 300)
    void areWhatTheOracleSays(@ForAll("histories") History history) {
        WindowsInMemoryTest.Driven machine = new WindowsInMemoryTest.Driven();
        WindowedCounts.check(
                history,
                machine,
                (its, batch) -> {
                    if (batch.fate() != Fate.LOST_BEFORE_COMMIT) {
                        machine.hear(its.messages(batch));
                    }
                });
    }
}
