package io.farandole.gateway.calls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.springframework.web.server.ServerWebExchange;

/**
 * A call, as those who answer it need to know it.
 *
 * @param isRehearsal whether we made it ourselves, to warm up: nobody sees its answer
 * @param skips what its answer has to do without
 */
public record Call(String id, boolean isRehearsal, Skips skips) {

    /** The header by which we know our own calls; nobody else can know what stands in it. */
    public static final String REHEARSAL_HEADER = "Farandole-Rehearsal";

    private static final String REHEARSAL = UUID.randomUUID().toString();

    /** What our own calls have in their header. */
    public static String rehearsal() {
        return REHEARSAL;
    }

    public static Call of(ServerWebExchange exchange) {
        String told = exchange.getRequest().getHeaders().getFirst(REHEARSAL_HEADER);
        return new Call(CallId.of(exchange), told != null && isOurs(told), new Skips());
    }

    // It lets in without a key, so it is compared as a secret is.
    private static boolean isOurs(String told) {
        return MessageDigest.isEqual(
                REHEARSAL.getBytes(StandardCharsets.UTF_8), told.getBytes(StandardCharsets.UTF_8));
    }
}
