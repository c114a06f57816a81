package io.farandole.orchestrator.verifying;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What the active generations keep, as whoever keeps it gives it. */
public interface StoredRows {

    /** All stores that there are, as {@code <processor>.<store>}. */
    Set<String> stores();

    /** The rows of one of them, by key. */
    Map<String, JsonNode> rows(String store);

    /** The list that each user is served now. */
    Map<String, JsonNode> served();

    /** The identities of what each processor has put aside, by processor and topic. */
    Map<String, Map<String, Set<UUID>>> putAside();

    /** The same of messages on any topic that nobody can read. */
    Map<String, Set<UUID>> unreadable();
}
