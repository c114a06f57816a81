package io.farandole.gateway.playlists;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What was read of users, and is kept for their next calls.
 *
 * @param atHand of how many, those who asked last; of none with 0
 * @param forgetAfter what nobody asked for so long is not kept
 */
@ConfigurationProperties("farandole.api.users")
record UserSettings(@DefaultValue("50000") int atHand, @DefaultValue("10m") Duration forgetAfter) {
    UserSettings {
        if (atHand < 0) {
            throw new IllegalArgumentException(
                    "farandole.api.users.at-hand is " + atHand + "; it must be 0 or more");
        }
        if (!forgetAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "farandole.api.users.forget-after is "
                            + forgetAfter
                            + "; it must be longer than 0s");
        }
    }
}
