package io.farandole.streams.running;

import io.farandole.events.Event;
import io.farandole.streams.Composed;
import io.farandole.streams.Stepped;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;

/**
 * Stateless steps, named in Spring Cloud Function's catalogue and called raw: its wrapper, which
 * converts and enriches messages, would cost more than the steps.
 */
public final class FunctionSteps {

    private FunctionSteps() {}

    /**
     * The steps one after the other; what one of them refuses, the next ones do not see.
     *
     * @param names beans of {@code Function<Stepped<E>, Stepped<E>>}, as in {@code validate|clean}
     * @throws IllegalArgumentException if the catalogue lacks one of them
     */
    public static <E extends Event> UnaryOperator<Stepped<E>> compose(
            FunctionCatalog catalog, String names) {
        List<Function<Stepped<E>, Stepped<E>>> steps = new ArrayList<>();
        for (String name : names.split("\\|", -1)) {
            steps.add(step(catalog, name.strip(), names));
        }
        return new Chain<>(List.copyOf(steps));
    }

    private record Chain<E extends Event>(List<Function<Stepped<E>, Stepped<E>>> parts)
            implements UnaryOperator<Stepped<E>>, Composed {

        @Override
        public Stepped<E> apply(Stepped<E> stepped) {
            Stepped<E> now = stepped;
            for (Function<Stepped<E>, Stepped<E>> step : parts) {
                if (now instanceof Stepped.Refused<E>) {
                    return now;
                }
                now = step.apply(now);
            }
            return now;
        }
    }

    // The catalogue knows names, not type parameters: the composition is checked where it is used,
    // in the description's tests.
    @SuppressWarnings("unchecked")
    private static <E extends Event> Function<Stepped<E>, Stepped<E>> step(
            FunctionCatalog catalog, String name, String names) {
        Object found = name.isEmpty() ? null : catalog.lookup(Function.class, name);
        if (raw(found) instanceof Function<?, ?> function) {
            return (Function<Stepped<E>, Stepped<E>>) function;
        }
        throw new IllegalArgumentException(
                "There is no function '"
                        + name
                        + "', as named in the steps '"
                        + names
                        + "'; the catalogue has "
                        + new TreeSet<>(catalog.getNames(Function.class)));
    }

    private static @Nullable Object raw(@Nullable Object found) {
        return found instanceof FunctionInvocationWrapper wrapper ? wrapper.getTarget() : found;
    }
}
