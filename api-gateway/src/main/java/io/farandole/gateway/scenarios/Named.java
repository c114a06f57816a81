package io.farandole.gateway.scenarios;

/** A scenario, and the name by which requests choose it; empty for none. */
public record Named(String name, Scenario scenario) {

    public static final Named NONE = new Named("", Scenario.NONE);

    public boolean isNone() {
        return name.isEmpty();
    }
}
