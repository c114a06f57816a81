package io.farandole.gateway.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What is read once for all who wait for it: whoever goes away does not cancel it for the others,
 * and is not told any more that it has failed.
 */
public final class Shared {

    private Shared() {}

    private record Ended<T>(@Nullable T value, @Nullable Throwable failure) {

        Mono<T> told() {
            if (failure != null) {
                Throwable cause = failure.getCause();
                return Mono.error(
                        failure instanceof CompletionException && cause != null ? cause : failure);
            }
            return Mono.justOrEmpty(value);
        }
    }

    /**
     * Waits for it.
     *
     * @param reading begins it, or finds what has begun
     */
    public static <T> Mono<T> of(Supplier<CompletableFuture<T>> reading) {
        return Mono.fromFuture(() -> reading.get().handle(Ended<T>::new), true)
                .flatMap(Ended::told);
    }
}
