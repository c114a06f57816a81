package io.farandole.gateway.similar;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Plans;
import io.farandole.gateway.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimilarPlansIT {

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
        assertThat(plans.kept(ReadingOffers.SELECT, "text"))
                .contains("offers_4_pkey", "(key = $1)", "items_4_pkey")
                .doesNotContainPattern("Seq Scan on (items|offers)")
                .doesNotContainPattern("(Hash|Merge) (Left |Semi )?Join");
        assertThat(plans.kept(ReadingSimilar.SELECT, "text", "text", "int"))
                .contains("similar_pkey", ").col1) AND (item = $1))", "items_4_pkey")
                .doesNotContainPattern("Seq Scan on (similar|items|offers)")
                .doesNotContainPattern("(Hash|Merge) (Left |Semi )?Join");
    }
}
