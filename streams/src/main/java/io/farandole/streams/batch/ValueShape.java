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
            String other = now.get(component.getKey());
            if (other != null && !other.equals(component.getValue())) {
                return component.getKey() + " was " + component.getValue() + " and now is " + other;
            }
        }
        for (Map.Entry<String, String> component : now.entrySet()) {
            String path = component.getKey();
            if (!before.containsKey(path)
                    && Values.isPrimitive(component.getValue())
                    && isWithinWhatWasKnown(path, before)) {
                return path + " is new, and " + component.getValue() + " cannot be absent";
            }
        }
        return null;
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
