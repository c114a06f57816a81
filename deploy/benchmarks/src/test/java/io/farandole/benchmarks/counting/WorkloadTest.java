package io.farandole.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private final List<Fact> facts = all();

    @Test
    void isTheSameEachTime() {
        assertThat(all()).isEqualTo(facts).hasSize(100_000);
    }

    @Test
    void theFirstKeyComesTwiceAsOftenAsTheSecondAndTenTimesAsOftenAsTheTenth() {
        double first = share("u0");
        assertThat(first / share("u1")).isCloseTo(2, within(0.2));
        assertThat(first / share("u9")).isCloseTo(10, within(1.5));
    }

    @Test
    void hasFourWindowsAndNeverGoesBackInTime() {
        Set<String> windows = new HashSet<>();
        for (int i = 0; i < facts.size(); i++) {
            windows.add(Windows.counted("", facts.get(i).time()));
            assertThat(i == 0 || !facts.get(i).time().isBefore(facts.get(i - 1).time())).isTrue();
        }
        assertThat(windows).hasSize(4);
    }

    private double share(String key) {
        return facts.stream().filter(fact -> fact.key().equals(key)).count();
    }

    private static List<Fact> all() {
        List<Fact> facts = new ArrayList<>();
        new Workload(100_000, 1_000).facts().forEachRemaining(facts::add);
        return facts;
    }
}
