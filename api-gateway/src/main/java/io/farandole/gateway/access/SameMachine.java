package io.farandole.gateway.access;

import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Tells whether a call comes from this machine, and asked for this machine: a page in a browser
 * could otherwise reach us under a name of its own that resolves to 127.0.0.1.
 */
final class SameMachine {

    private static final Set<String> OWN_NAMES =
            Set.of("localhost", "127.0.0.1", "[::1]", "::1", "ip6-localhost");

    private SameMachine() {}

    static boolean asks(ServerHttpRequest request) {
        return isLoopback(request.getRemoteAddress()) && isOwnName(request);
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
