package io.farandole.gateway.scenarios;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Reads scenarios from the configuration, and says of each flaw in which file and line it is. */
final class ReadingScenarios {

    private static final String ROOT = "farandole.api.scenarios";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");
    private static final double MOST_BOOST = 100;
    private static final double MOST_SHARE = 0.5;
    private static final int LAST_POSITION = 100;

    private final Environment environment;
    private final List<String> flaws = new ArrayList<>();

    private ReadingScenarios(Environment environment) {
        this.environment = environment;
    }

    /**
     * @throws ScenariosRefused naming every flaw
     */
    static Scenarios from(Environment environment) {
        return new ReadingScenarios(environment).read();
    }

    private Scenarios read() {
        Map<String, Scenario> scenarios = bound();
        scenarios.forEach(this::check);
        if (!flaws.isEmpty()) {
            throw new ScenariosRefused(flaws);
        }
        return new Scenarios(scenarios);
    }

    private Map<String, Scenario> bound() {
        try {
            return Binder.get(environment)
                    .bind(
                            ROOT,
                            Bindable.mapOf(String.class, Scenario.class),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                    .orElse(Map.of());
        } catch (BindException e) {
            throw new ScenariosRefused(
                    e.getCause() instanceof UnboundConfigurationPropertiesException unknown
                            ? unknown.getUnboundProperties().stream()
                                    .map(property -> flaw(property, "is not known"))
                                    .toList()
                            : List.of(unreadable(e)));
        }
    }

    private static String unreadable(BindException e) {
        ConfigurationProperty property = e.getProperty();
        return property == null
                ? e.getName() + " cannot be read: " + e.getCause()
                : flaw(property, "is \"" + property.getValue() + "\", which cannot be read");
    }

    private void check(String name, Scenario scenario) {
        if (!NAME.matcher(name).matches()) {
            flaws.add(
                    ROOT
                            + "."
                            + name
                            + " is no name; one has lower-case letters, digits and hyphens, at most"
                            + " 50");
        }
        String at = ROOT + "." + name;
        if (Scenario.NONE.equals(scenario)) {
            flaws.add(at + " has no rules");
        }
        for (int i = 0; i < scenario.boost().size(); i++) {
            check(at + ".boost[" + i + "]", scenario.boost().get(i));
        }
        checkPins(at, scenario.pin());
        check(at + ".explore", scenario.explore());
    }

    private void check(String at, Scenario.Boost boost) {
        // Written so that NaN is outside too.
        if (!(boost.by() > 0 && boost.by() <= MOST_BOOST)) {
            flaw(at + ".by", "must be above 0 and at most " + MOST_BOOST);
        }
        if (boost.of().isEmpty()) {
            flaw(at + ".of", "selects nothing");
        }
    }

    private void checkPins(String at, List<Scenario.Pin> pins) {
        Set<Integer> positions = new HashSet<>();
        Set<String> items = new HashSet<>();
        for (int i = 0; i < pins.size(); i++) {
            Scenario.Pin pin = pins.get(i);
            String here = at + ".pin[" + i + "]";
            if (pin.item().isBlank()) {
                flaw(here + ".item", "is missing");
            } else if (!items.add(pin.item())) {
                flaw(here + ".item", "is pinned already");
            }
            if (pin.position() < 1 || pin.position() > LAST_POSITION) {
                flaw(here + ".position", "must be between 1 and " + LAST_POSITION);
            } else if (!positions.add(pin.position())) {
                flaw(here + ".position", "is taken by another pin");
            }
        }
    }

    private void check(String at, Scenario.Exploration explore) {
        if (!(explore.share() >= 0 && explore.share() <= MOST_SHARE)) {
            flaw(at + ".share", "must be between 0 and " + MOST_SHARE);
        }
        if (!explore.newFor().isPositive()) {
            flaw(at + ".new-for", "must be longer than 0s");
        }
    }

    private void flaw(String name, String reason) {
        ConfigurationProperty property = property(name);
        flaws.add(
                property == null
                        ? name + " " + reason
                        : flaw(property, "is " + property.getValue() + ": it " + reason));
    }

    private static String flaw(ConfigurationProperty property, String reason) {
        Origin origin = property.getOrigin();
        return property.getName() + " " + reason + (origin == null ? "" : " (" + origin + ")");
    }

    private @Nullable ConfigurationProperty property(String name) {
        ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(source -> source.getConfigurationProperty(wanted))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
