package io.farandole.orchestrator.ticking;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;

/**
 * What the embedded clock sends: {@code farandole.orchestrator.schedules.<name>}.
 *
 * @param schedules a cron expression of six fields, in UTC, for each name; {@code -} for never
 */
@ConfigurationProperties("farandole.orchestrator")
record TickingSettings(@DefaultValue Map<String, String> schedules) {

    private static final String NEVER = "-";

    TickingSettings {
        schedules = Map.copyOf(schedules);
        List<Schedule> _ = parsed(schedules);
    }

    /** Those that are ever due. */
    List<Schedule> all() {
        return parsed(schedules);
    }

    private static List<Schedule> parsed(Map<String, String> schedules) {
        return schedules.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(NEVER))
                .map(entry -> parsed(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Schedule parsed(String name, String cron) {
        try {
            return new Schedule(name, CronExpression.parse(cron));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "farandole.orchestrator.schedules."
                            + name
                            + " = \""
                            + cron
                            + "\" is no cron expression: "
                            + e.getMessage(),
                    e);
        }
    }
}
