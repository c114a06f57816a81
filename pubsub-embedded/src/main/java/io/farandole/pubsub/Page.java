package io.farandole.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Status;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A piece of a list, in the order of names; the token hides the name that the next piece begins
 * after.
 */
record Page<T>(List<T> items, String nextToken) {

    private static final int LARGEST = 1_000;
    private static final String AFTER = "after:";

    /** What has to be asked first. */
    static Optional<Status> refuse(int size, String token) {
        if (size < 0) {
            return invalid("page_size is " + size + ", and has to be 0 (for the most) or more.");
        }
        return after(token).isPresent()
                ? Optional.empty()
                : invalid("page_token is none that a list of this server gave.");
    }

    /** Of a list that has its order; nothing when the token is of none of the items. */
    static <T> Optional<Page<T>> inOrder(
            List<T> all, Function<T, String> name, int size, String token) {
        int from = 0;
        if (!token.isEmpty()) {
            from = all.stream().map(name).toList().indexOf(token) + 1;
            if (from == 0) {
                return Optional.empty();
            }
        }
        int limit = size <= 0 ? LARGEST : Math.min(size, LARGEST);
        int to = Math.min(all.size(), from + limit);
        return Optional.of(
                new Page<>(
                        all.subList(from, to),
                        to == all.size() ? "" : name.apply(all.get(to - 1))));
    }

    static <T> Page<T> of(Stream<T> all, Function<T, String> name, int size, String token) {
        String after = after(token).orElseThrow();
        int limit = size <= 0 ? LARGEST : Math.min(size, LARGEST);
        List<T> found =
                all.filter(item -> name.apply(item).compareTo(after) > 0)
                        .sorted((a, b) -> name.apply(a).compareTo(name.apply(b)))
                        .limit(limit + 1L)
                        .toList();
        return found.size() <= limit
                ? new Page<>(found, "")
                : new Page<>(found.subList(0, limit), token(name.apply(found.get(limit - 1))));
    }

    private static String token(String name) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((AFTER + name).getBytes(UTF_8));
    }

    private static Optional<String> after(String token) {
        if (token.isEmpty()) {
            return Optional.of("");
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
            return text.startsWith(AFTER)
                    ? Optional.of(text.substring(AFTER.length()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Status> invalid(String sentence) {
        return Optional.of(Status.INVALID_ARGUMENT.withDescription(sentence));
    }
}
