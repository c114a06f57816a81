package io.farandole.gateway.access;

import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets only this machine in, until there are keys: whatever address the server is bound to.
 *
 * <p>The host that was asked for must be this machine too; a page in a browser could otherwise
 * reach us under a name of its own that resolves to 127.0.0.1.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
@Component
class LoopbackOnly implements WebFilter {

    private static final Set<String> OWN_NAMES =
            Set.of("localhost", "127.0.0.1", "[::1]", "::1", "ip6-localhost");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (isLoopback(request.getRemoteAddress()) && isOwnName(request)) {
            return chain.filter(exchange);
        }
        return Mono.error(
                ProblemException.of(
                        ProblemCode.NOT_LOOPBACK,
                        "There are no keys yet, so only calls from this machine to localhost or"
                                + " 127.0.0.1 are answered"));
    }

    private static boolean isLoopback(@Nullable InetSocketAddress remote) {
        return remote != null
                && remote.getAddress() != null
                && remote.getAddress().isLoopbackAddress();
    }

    private static boolean isOwnName(ServerHttpRequest request) {
        InetSocketAddress host = request.getHeaders().getHost();
        // HTTP/1.0 knows no Host; there is then no name to be wrong about.
        return host == null || OWN_NAMES.contains(host.getHostString());
    }
}
