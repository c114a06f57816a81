package io.farandole.local.command;

import io.farandole.local.inspecting.Room;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All of it, for scripts.
 *
 * @param openDeadLetters of active generations, by cause
 * @param openDeadLettersOfOthers of all other generations
 * @param room empty if what runs does not tell its bounds
 * @param unknown what could not be asked, and why
 */
record StatusDocument(
        long pid,
        String phase,
        String doing,
        Object ports,
        String health,
        Map<String, String> components,
        List<Lag> lags,
        @Nullable Long outbox,
        Map<String, Long> openDeadLetters,
        Map<String, Long> openDeadLettersOfOthers,
        @Nullable Archived archive,
        Sizes sizes,
        List<Room.Taken> room,
        List<String> unknown) {

    /**
     * How far one processor is behind on one topic.
     *
     * @param subscription what its supervisor says
     * @param behind distinct events that were published and that it has not seen
     */
    record Lag(
            String topic,
            String processor,
            String subscription,
            long behind,
            long waiting,
            long deadLettered) {}

    /** What is on the disk. */
    record Sizes(@Nullable Long databaseBytes, long journalBytes, long directoryBytes) {}

    /**
     * What is archived.
     *
     * @param oldestDay of publication; null if there is nothing yet
     * @param retentionDays 0 for ever
     */
    record Archived(long rows, long bytes, @Nullable String oldestDay, int retentionDays) {

        static Archived of(JsonNode told) {
            JsonNode day = told.path("oldestDay");
            return new Archived(
                    told.path("rows").asLong(),
                    told.path("bytes").asLong(),
                    day.isString() ? day.asString() : null,
                    told.path("retentionDays").asInt());
        }

        String words() {
            return String.format(
                    Locale.ROOT,
                    "Archive: %,d events, %s%s, kept %s",
                    rows,
                    Room.megabytes(bytes),
                    oldestDay == null ? "" : ", the oldest of " + oldestDay,
                    retentionDays == 0 ? "for ever" : "for " + retentionDays + " days");
        }
    }

    boolean isWell() {
        return health.equals("UP")
                && phase.equals("READY")
                && unknown.isEmpty()
                && room.stream().noneMatch(Room.Taken::isNearlyFull);
    }
}
