package io.farandole.events;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Takes events of one kind apart and puts them together, through handles that are looked up once.
 */
final class KindCodec {

    private final Kind kind;
    private final ValueCodec[] values;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;
    private final Map<String, Integer> positions = new HashMap<>();

    KindCodec(Kind kind) {
        this.kind = kind;
        RecordComponent[] components = kind.record().getRecordComponents();
        this.values = new ValueCodec[components.length];
        this.accessors = new MethodHandle[components.length];
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            for (int i = 0; i < components.length; i++) {
                values[i] =
                        new ValueCodec(kind.fields().get(i).form(), Kind.valueType(components[i]));
                accessors[i] =
                        lookup.unreflect(components[i].getAccessor())
                                .asType(MethodType.methodType(Object.class, Object.class));
                positions.put(components[i].getName(), i);
            }
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            this.constructor =
                    lookup.findConstructor(kind.record(), MethodType.methodType(void.class, types))
                            .asSpreader(Object[].class, types.length)
                            .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    kind.record().getName() + " cannot be reached by the codec", e);
        }
    }

    Kind kind() {
        return kind;
    }

    /**
     * Where a member's value stands among the record's components, or -1 for one that the record
     * does not know.
     */
    int positionOf(String member) {
        return positions.getOrDefault(member, -1);
    }

    ValueCodec valueAt(int position) {
        return values[position];
    }

    /** Makes the event; throws what the record's constructor throws. */
    Event construct(@Nullable Object[] components) {
        try {
            return (Event) (Object) constructor.invokeExact(components);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** Writes the event's members; what is absent is left out. */
    void write(Event event, JsonGenerator json) {
        for (int i = 0; i < accessors.length; i++) {
            Object value = component(event, i);
            if (value == null || (value instanceof List<?> list && list.isEmpty())) {
                continue;
            }
            json.writeName(kind.fields().get(i).name());
            if (value instanceof List<?> list) {
                json.writeStartArray();
                for (Object element : list) {
                    values[i].write(element, json);
                }
                json.writeEndArray();
            } else {
                values[i].write(value, json);
            }
        }
    }

    private @Nullable Object component(Event event, int position) {
        try {
            return (Object) accessors[position].invokeExact((Object) event);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable e) {
        return switch (e) {
            case RuntimeException fault -> fault;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
