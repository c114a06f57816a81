package io.farandole.gateway.scenarios;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that are configured. */
public final class Scenarios {

    private final Map<String, Scenario> byName;

    public Scenarios(Map<String, Scenario> byName) {
        this.byName = new TreeMap<>(byName);
    }

    /** Empty if there is none of this name. */
    public Optional<Named> named(String name) {
        return Optional.ofNullable(byName.get(name)).map(scenario -> new Named(name, scenario));
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
