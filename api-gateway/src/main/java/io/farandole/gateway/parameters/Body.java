package io.farandole.gateway.parameters;

import static org.springframework.http.HttpHeaders.CONNECTION;

import io.farandole.gateway.problems.ProblemException;
import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A request's body, of which no more is kept than may be. Who sends more, without saying so first,
 * is read to the end all the same, if that is not far: an answer while there is more to come closes
 * the connection, and who still writes does not see it.
 */
public final class Body {

    /** So much more is read, and thrown away. */
    private static final long MOST_WASTED = 4 * 1024 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private long count;

    private Body(int most) {
        this.most = most;
    }

    /**
     * All of it; no bytes if there is none.
     *
     * @param most how many bytes it may have
     * @param tooLarge what it is told that has more
     */
    public static Mono<byte[]> of(
            ServerHttpRequest request, int most, Supplier<ProblemException> tooLarge) {
        if (request.getHeaders().getContentLength() > most) {
            return Mono.error(tooLarge);
        }
        return request.getBody()
                .reduceWith(() -> new Body(most), Body::and)
                .flatMap(
                        body ->
                                body.isTooLarge()
                                        ? Mono.<byte[]>error(tooLarge)
                                        : Mono.just(body.kept.toByteArray()))
                .onErrorResume(
                        DataBufferLimitException.class,
                        _ ->
                                Mono.<byte[]>error(() -> tooLarge.get().with(CONNECTION, "close"))
                                        // Not from within the reading of the part that is too
                                        // much: the answer closes the connection, and Netty with
                                        // it the buffer that it is about to give back.
                                        .subscribeOn(Schedulers.parallel()));
    }

    private boolean isTooLarge() {
        return count > most;
    }

    private Body and(DataBuffer part) {
        try {
            count += part.readableByteCount();
            if (count > most + MOST_WASTED) {
                throw new DataBufferLimitException("more than is read to the end");
            }
            if (!isTooLarge()) {
                byte[] bytes = new byte[part.readableByteCount()];
                part.read(bytes);
                kept.writeBytes(bytes);
            }
            return this;
        } finally {
            DataBufferUtils.release(part);
        }
    }
}
