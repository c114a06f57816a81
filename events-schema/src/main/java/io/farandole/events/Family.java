package io.farandole.events;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of one family, ready to be read and written. */
final class Family {

    private static final ClassValue<Family> FAMILIES =
            new ClassValue<>() {
                @Override
                protected Family computeValue(Class<?> family) {
                    return new Family(Kind.of(family.asSubclass(Event.class)));
                }
            };

    private final List<Kind> kinds;
    private final Map<String, KindCodec> byName;
    private final Map<Class<?>, KindCodec> byRecord;

    private Family(List<Kind> kinds) {
        this.kinds = kinds;
        this.byName =
                kinds.stream().collect(Collectors.toUnmodifiableMap(Kind::name, KindCodec::new));
        this.byRecord =
                byName.values().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        k -> k.kind().record(), Function.identity()));
    }

    static Family of(Class<? extends Event> family) {
        return FAMILIES.get(family);
    }

    List<Kind> kinds() {
        return kinds;
    }

    @Nullable KindCodec named(String kind) {
        return byName.get(kind);
    }

    KindCodec of(Event event) {
        KindCodec codec = byRecord.get(event.getClass());
        if (codec == null) {
            throw new IllegalArgumentException(
                    event.getClass().getName() + " is not of this family");
        }
        return codec;
    }
}
