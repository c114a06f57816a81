package io.farandole.recommenders.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final long HEAP = Runtime.getRuntime().maxMemory();

    @Test
    void leavesBesideTheHeapWhatTheHeapMayNotGrowTo() {
        assertThat(MemoryBudget.ofThisProcess(HEAP + 1000).offHeap()).isEqualTo(1000);
        assertThat(MemoryBudget.ofThisProcess(HEAP - 1000).offHeap()).isZero();
    }

    @Test
    void isNoMoreThanTheMachineHas() {
        assertThat(MemoryBudget.ofThisProcess(Long.MAX_VALUE).offHeap()).isLessThan(1L << 60);
    }
}
