package io.farandole.pubsub;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A piece of a list, in the order of names; the token is the name that the next piece begins after.
 */
record Page<T>(List<T> items, String nextToken) {

    private static final int LARGEST = 1_000;

    static <T> Page<T> of(Stream<T> all, Function<T, String> name, int size, String token) {
        int limit = size <= 0 ? LARGEST : Math.min(size, LARGEST);
        List<T> found =
                all.filter(item -> name.apply(item).compareTo(token) > 0)
                        .sorted((a, b) -> name.apply(a).compareTo(name.apply(b)))
                        .limit(limit + 1L)
                        .toList();
        return found.size() <= limit
                ? new Page<>(found, "")
                : new Page<>(found.subList(0, limit), name.apply(found.get(limit - 1)));
    }
}
