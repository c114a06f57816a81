package io.farandole.events;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of event of a family, read off its record: what the codec and the published contract go
 * by.
 *
 * @param name the record's name with a small first letter, {@code bookingMade}
 */
public record Kind(String name, Class<? extends Event> record, List<Field> fields) {

    /**
     * A component of the record.
     *
     * @param repeated whether it is a list; an absent list is an empty one
     * @param required whether an event without it is refused
     */
    public record Field(String name, Form form, boolean repeated, boolean required) {}

    /** How a value looks in JSON; identifiers are texts. */
    public enum Form {
        TEXT,
        INTEGER,
        REAL,
        FLAG,
        DATE,
        INSTANT
    }

    /** The kinds of a family, in the order of its source. */
    public static List<Kind> of(Class<? extends Event> family) {
        List<Kind> kinds = new ArrayList<>();
        collect(family, kinds);
        return List.copyOf(kinds);
    }

    /** The name that every event of this record's class goes by. */
    public static String nameOf(Class<? extends Event> record) {
        String name = record.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static void collect(Class<?> type, List<Kind> kinds) {
        if (type.isRecord()) {
            Class<? extends Event> record = type.asSubclass(Event.class);
            kinds.add(
                    new Kind(
                            nameOf(record),
                            record,
                            Arrays.stream(record.getRecordComponents()).map(Kind::field).toList()));
        } else {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, kinds);
            }
        }
    }

    private static Field field(RecordComponent component) {
        boolean repeated = component.getType() == List.class;
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new Field(component.getName(), form(component), repeated, !repeated && !nullable);
    }

    private static Form form(RecordComponent component) {
        return switch (valueType(component)) {
            case Class<?> type when type == String.class || isIdentifier(type) -> Form.TEXT;
            case Class<?> type when type == int.class || type == Integer.class -> Form.INTEGER;
            case Class<?> type when type == double.class || type == Double.class -> Form.REAL;
            case Class<?> type when type == boolean.class || type == Boolean.class -> Form.FLAG;
            case Class<?> type when type == LocalDate.class -> Form.DATE;
            case Class<?> type when type == Instant.class -> Form.INSTANT;
            case Class<?> type ->
                    throw new IllegalStateException(
                            component.getDeclaringRecord().getName()
                                    + "."
                                    + component.getName()
                                    + " is a "
                                    + type.getName()
                                    + ", which has no form in the published contract");
        };
    }

    /** The class of a component's value, or of its elements if it is a list. */
    static Class<?> valueType(RecordComponent component) {
        Type type =
                component.getGenericType() instanceof ParameterizedType list
                        ? list.getActualTypeArguments()[0]
                        : component.getType();
        return (Class<?>) type;
    }

    static boolean isIdentifier(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getType() == String.class;
    }
}
