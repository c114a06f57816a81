package io.farandole.orchestrator.verifying;

/** A row that does not say what the journal says it should. */
public record Discrepancy(String store, String key, String what) {

    @Override
    public String toString() {
        return store + " " + key + ": " + what;
    }
}
