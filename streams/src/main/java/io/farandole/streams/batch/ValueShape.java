package io.farandole.streams.batch;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a store's values: a type for each component, those of records within by their path
 * ({@code window.stars}), in lists and maps too. A record that is written as an array has one entry
 * more, {@code told[]}, of its components in order.
 */
final class ValueShape {

    private static final String ROOT = "$";
    private static final String ARRAY = "[]";

    /** In front of the path of a component that a former version kept and the last one did not. */
    private static final String FORMER = "~";

    private ValueShape() {}

    static Map<String, String> of(Class<?> type) {
        Map<String, String> shape = new TreeMap<>();
        if (type.isRecord()) {
            components(type, "", shape, new HashSet<>());
        } else {
            shape.put(ROOT, type.getTypeName());
        }
        return shape;
    }

    /** What of the values kept in the one shape could not be read in the other; null if nothing. */
    static @Nullable String change(Map<String, String> before, Map<String, String> now) {
        for (Map.Entry<String, String> component : before.entrySet()) {
            String path = plain(component.getKey());
            String other = now.get(path);
            if (other != null && !other.equals(component.getValue())) {
                return path + " was " + component.getValue() + " and now is " + other;
            }
            if (other == null && path.endsWith(ARRAY) && holdsMore(path, now)) {
                return path + " was written as an array and now is not";
            }
        }
        for (Map.Entry<String, String> component : now.entrySet()) {
            String path = component.getKey();
            if (path.endsWith(ARRAY) && !before.containsKey(path) && holdsMore(path, before)) {
                return path + " was not written as an array and now is";
            }
            if (!before.containsKey(path)
                    && Values.isPrimitive(component.getValue())
                    && isWithinWhatWasKnown(path, before)) {
                return path + " is new, and " + component.getValue() + " cannot be absent";
            }
        }
        return null;
    }

    /**
     * What is to be remembered of values that were kept in the one shape and are written in the
     * other from now on. Rows that nobody wrote since still hold what the other does not name, so
     * it stays known: it may come back, but as what it was.
     */
    static Map<String, String> remembered(Map<String, String> before, Map<String, String> now) {
        Map<String, String> all = new TreeMap<>(now);
        before.forEach(
                (path, type) -> {
                    if (!now.containsKey(plain(path))) {
                        all.put(FORMER + plain(path), type);
                    }
                });
        return all;
    }

    /** Whether the shape knows what is within the record that this tells to be an array. */
    private static boolean holdsMore(String array, Map<String, String> shape) {
        String record = array.substring(0, array.length() - ARRAY.length());
        return record.equals(ROOT)
                || shape.keySet().stream().anyMatch(path -> path.startsWith(record + "."));
    }

    private static String plain(String path) {
        return path.startsWith(FORMER) ? path.substring(FORMER.length()) : path;
    }

    // Within a component that is new, everything is: that one may be absent as a whole. And shapes
    // that were remembered before records within were looked at say nothing of them.
    private static boolean isWithinWhatWasKnown(String path, Map<String, String> before) {
        int dot = path.lastIndexOf('.');
        if (dot < 0) {
            return true;
        }
        String within = path.substring(0, dot + 1);
        return before.keySet().stream().anyMatch(known -> known.startsWith(within));
    }

    private static void components(
            Class<?> type, String path, Map<String, String> shape, Set<Class<?>> around) {
        if (!around.add(type)) {
            return;
        }
        RecordComponent[] components = type.getRecordComponents();
        JsonFormat format = type.getAnnotation(JsonFormat.class);
        if (format != null && format.shape() == JsonFormat.Shape.ARRAY) {
            String name = path.isEmpty() ? ROOT : path.substring(0, path.length() - 1);
            shape.put(
                    name + ARRAY,
                    Arrays.stream(components)
                            .map(RecordComponent::getName)
                            .collect(Collectors.joining(",")));
        }
        for (RecordComponent component : components) {
            String name = path + component.getName();
            shape.put(name, component.getGenericType().getTypeName());
            within(component.getGenericType(), name + ".", shape, around);
        }
        around.remove(type);
    }

    private static void within(
            Type type, String path, Map<String, String> shape, Set<Class<?>> around) {
        switch (type) {
            case Class<?> record when record.isRecord() -> components(record, path, shape, around);
            case Class<?> array when array.isArray() ->
                    within(array.getComponentType(), path, shape, around);
            case GenericArrayType array ->
                    within(array.getGenericComponentType(), path, shape, around);
            case ParameterizedType generic -> {
                // Of a map, the values: keys are texts in JSON.
                Type[] arguments = generic.getActualTypeArguments();
                within(arguments[arguments.length - 1], path, shape, around);
                if (generic.getRawType() instanceof Class<?> record && record.isRecord()) {
                    components(record, path, shape, around);
                }
            }
            default -> {}
        }
    }
}
