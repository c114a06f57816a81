package io.farandole.orchestrator.provisioning;

import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How topics are made: {@code farandole.orchestrator.provisioning.*}; a name that is unknown is
 * refused.
 *
 * @param retentionDays for how many days topics keep what was published, acknowledged or not; null
 *     for as long as the catalogue says, which is the most
 */
@ConfigurationProperties(prefix = ProvisioningSettings.PREFIX, ignoreUnknownFields = false)
record ProvisioningSettings(@Nullable Integer retentionDays) {

    static final String PREFIX = "farandole.orchestrator.provisioning";
    static final ProvisioningSettings DEFAULT = new ProvisioningSettings(null);

    /** Messages of a day are what a rebuild's own subscriptions and a repair need at least. */
    private static final int LEAST = 1;

    ProvisioningSettings {
        long most =
                TopicCatalogue.all().stream()
                        .mapToLong(topic -> topic.retention().toDays())
                        .min()
                        .orElseThrow();
        if (retentionDays != null && (retentionDays < LEAST || retentionDays > most)) {
            throw new IllegalArgumentException(
                    PREFIX
                            + ".retention-days = "
                            + retentionDays
                            + " is not "
                            + LEAST
                            + " to "
                            + most
                            + ": the broker keeps messages for no longer, and inboxes know of them"
                            + " for so long");
        }
    }

    /** Whether topics that keep messages for another time are changed, and not refused. */
    boolean isSet() {
        return retentionDays != null;
    }

    Duration retention(Topic<?> topic) {
        return retentionDays == null ? topic.retention() : Duration.ofDays(retentionDays);
    }
}
