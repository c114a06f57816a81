package io.farandole.gateway.calls;

import java.util.UUID;
import org.springframework.web.server.ServerWebExchange;

/** The id of a call: in the answer's header {@code Call-Id}, in its body, and in our log. */
public final class CallId {

    public static final String HEADER = "Call-Id";

    private static final String ATTRIBUTE = CallId.class.getName();

    private CallId() {}

    /** The same for as long as the call lasts. */
    public static String of(ServerWebExchange exchange) {
        return (String)
                exchange.getAttributes()
                        .computeIfAbsent(ATTRIBUTE, _ -> UUID.randomUUID().toString());
    }
}
