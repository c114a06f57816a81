package io.farandole.gateway.impressions;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the API keeps what the broker could not be told: with a role and connections of its own,
 * for all else it only reads.
 *
 * @param url as {@code r2dbc:postgresql://host:5432/farandole}; without one there is no such place,
 *     and what the broker does not take in time is lost, which is counted
 */
@ConfigurationProperties("farandole.api.outbox")
record OutboxSettings(@Nullable String url, @Nullable String username, @Nullable String password) {

    OutboxSettings {
        if (url != null && (username == null || password == null)) {
            throw new IllegalArgumentException(
                    "farandole.api.outbox.url is set; so must farandole.api.outbox.username and"
                            + " farandole.api.outbox.password be");
        }
    }

    @Override
    public String toString() {
        return "OutboxSettings[" + (url == null ? "none" : url) + "]";
    }
}
