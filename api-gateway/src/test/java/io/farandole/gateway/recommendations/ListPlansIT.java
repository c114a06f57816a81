package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Plans;
import io.farandole.gateway.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListPlansIT {

    private final Plans plans = new Plans(Platform.shared());

    @AfterEach
    void empty() {
        plans.empty();
    }

    @Test
    void readsByKeyWithoutStatistics() {
        plans.fill(10_000);
        assertReadByKey();
    }

    @Test
    void readsByKeyWithTheStatisticsOfSmallTables() {
        plans.fill(3);
        plans.analyse();
        assertReadByKey();
    }

    private void assertReadByKey() {
        String plan = plans.kept(ReadingLists.SELECT, "text", "int");
        assertThat(plan)
                .contains("Index Scan using lists_2_pkey", "(key = $1)")
                .contains("items_4_pkey")
                .doesNotContainPattern("Seq Scan on (lists|items|offers)")
                .doesNotContainPattern("(Hash|Merge) (Left |Semi )?Join");
    }
}
