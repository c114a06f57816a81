package io.farandole.local.running;

import io.farandole.gateway.OldToken;
import java.util.Map;

/**
 * What lets in clients of the old API: the token that they show. Without one they are let in by
 * none, save the one that the environment sets.
 *
 * @param token empty for none
 */
public record OldClients(String token) {

    public static final OldClients AS_SET = new OldClients("");

    private static final String SETTING = "farandole.api.old-token";

    /** By which the API's own settings know it. */
    private static final String VARIABLE = "FARANDOLE_API_OLDTOKEN";

    /**
     * @throws IllegalArgumentException if it is too short to be a secret
     */
    public OldClients {
        if (!token.isEmpty()) {
            OldToken.valueOf(token);
        }
    }

    /** For the API in this process. */
    Map<String, Object> settings() {
        return token.isEmpty() ? Map.of() : Map.of(SETTING, token);
    }

    /** For a process that is started: arguments stand in the list of processes, these do not. */
    Map<String, String> environment() {
        return token.isEmpty() ? Map.of() : Map.of(VARIABLE, token);
    }

    @Override
    public String toString() {
        return token.isEmpty() ? "OldClients[no token]" : "OldClients[hidden]";
    }
}
