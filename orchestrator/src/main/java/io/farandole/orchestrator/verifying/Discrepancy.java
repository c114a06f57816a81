package io.farandole.orchestrator.verifying;

/** A row that does not say what the events say it should. */
public record Discrepancy(String store, String key, String what) {

    static Discrepancy noEvent(String topic, String message) {
        return new Discrepancy(
                topic, "message " + message, "is no event, but no dead letter says so");
    }

    @Override
    public String toString() {
        return store + " " + key + ": " + what;
    }
}
