package io.farandole.processors.warehouse;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the warehouse is: {@code farandole.warehouse.*}.
 *
 * @param directory needed where {@code archive} runs; made when it is opened
 * @param retentionDays for how many days raw events are kept after their publication; 0 for ever
 */
@ConfigurationProperties("farandole.warehouse")
record WarehouseSettings(@Nullable Path directory, @DefaultValue("0") int retentionDays) {

    /**
     * The broker keeps messages for 31 days and may bring them again until then: what was forgotten
     * sooner would land a second time.
     */
    static final int SHORTEST_RETENTION = 33;

    WarehouseSettings {
        if (retentionDays != 0 && retentionDays < SHORTEST_RETENTION) {
            throw new IllegalArgumentException(
                    "farandole.warehouse.retention-days = "
                            + retentionDays
                            + " is less than "
                            + SHORTEST_RETENTION
                            + ": topics keep messages for 31 days, and what comes again would land"
                            + " twice. 0 keeps raw events for ever");
        }
    }
}
