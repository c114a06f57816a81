package io.farandole.gateway.scenarios;

import io.farandole.gateway.parameters.Values;
import io.farandole.gateway.problems.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    /**
     * The one that a request names; {@link Named#NONE} if it names none, or one that there is not,
     * which is a flaw.
     */
    public Named wished(Values values) {
        String name = values.text("scenario");
        Optional<Named> named = name == null ? Optional.of(Named.NONE) : named(name);
        if (named.isEmpty()) {
            values.flaw("scenario", refusal());
        }
        return named.orElse(Named.NONE);
    }

    /**
     * The one of this name; {@link Named#NONE} for no name.
     *
     * @throws ProblemException if there is none of this name
     */
    public Named wished(@Nullable String name) {
        return name == null
                ? Named.NONE
                : named(name).orElseThrow(() -> ProblemException.parameter("scenario", refusal()));
    }

    private String refusal() {
        return byName.isEmpty()
                ? "is not known; none is configured"
                : "is none of " + String.join(", ", byName.keySet());
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
