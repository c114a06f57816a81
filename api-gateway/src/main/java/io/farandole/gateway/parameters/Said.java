package io.farandole.gateway.parameters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

/**
 * What a request says, by name, each value as text: whether it stands in the query or in the body,
 * in snake_case or in camelCase, once, repeated, or with commas. The body has the last word.
 */
public final class Said {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Said() {}

    public static Said of(MultiValueMap<String, String> query, @Nullable JsonNode body) {
        Said said = new Said();
        query.forEach(
                (name, texts) ->
                        said.values.merge(
                                camel(name),
                                texts.stream().map(text -> text == null ? "" : text).toList(),
                                Said::both));
        if (body != null) {
            Map<String, List<String>> inBody = new TreeMap<>();
            body.forEachEntry((name, value) -> inBody.merge(camel(name), texts(value), Said::both));
            said.values.putAll(inBody);
        }
        return said;
    }

    /** All that is said of this; empty if nothing is. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The elements of a list, however it is written. */
    public List<String> list(String name) {
        return all(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    public Iterable<String> names() {
        return values.keySet();
    }

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static List<String> texts(JsonNode value) {
        if (value.isNull()) {
            return List.of();
        }
        if (value.isArray()) {
            return value.valueStream().flatMap(element -> texts(element).stream()).toList();
        }
        return List.of(value.isContainer() ? value.toString() : value.asString());
    }

    /** {@code nb_reco_display} is {@code nbRecoDisplay}. */
    static String camel(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean capital = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                capital = !camel.isEmpty();
            } else {
                camel.append(capital ? Character.toUpperCase(c) : c);
                capital = false;
            }
        }
        return camel.toString();
    }
}
