package io.farandole.pubsub.push;

import com.google.pubsub.v1.PushConfig;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a subscription may push to, and how. */
public final class PushRules {

    private static final String VERSION = "x-goog-version";
    private static final int LAST_PORT = 65_535;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private PushRules() {}

    /** Whether messages are pushed; with an empty endpoint they are pulled. */
    public static boolean isPush(PushConfig config) {
        return !config.getPushEndpoint().isEmpty();
    }

    public static Optional<Status> refuse(PushConfig config) {
        if (!isPush(config)) {
            return config.getAllFields().isEmpty()
                    ? Optional.empty()
                    : invalid(
                            "push_config says how to push, and push_endpoint does not say where.");
        }
        return refuseEndpoint(config.getPushEndpoint())
                .or(() -> refuseAttributes(config.getAttributesMap()))
                .or(() -> config.hasOidcToken() ? noTokens() : Optional.empty())
                .or(() -> refuseUnknown(config));
    }

    private static Optional<Status> refuseEndpoint(String endpoint) {
        URI url;
        try {
            url = new URI(endpoint);
        } catch (URISyntaxException e) {
            return invalid(
                    "push_config.push_endpoint is no URL: %s. Write http://localhost:PORT/PATH."
                            .formatted(e.getMessage()));
        }
        if (url.getScheme() == null
                || !SCHEMES.contains(url.getScheme())
                || url.getHost() == null
                || url.getPort() > LAST_PORT) {
            return invalid(
                    "push_config.push_endpoint is \"%s\", and has to be http://localhost:PORT/PATH or https://…."
                            .formatted(endpoint));
        }
        return isLoopback(url.getHost())
                ? Optional.empty()
                : invalid(
                        "push_config.push_endpoint is \"%s\"; pubsub-embedded pushes to this machine only: to localhost, 127.0.0.1 or [::1]."
                                .formatted(endpoint));
    }

    /** Names are not resolved: what a name stands for may change between now and a push. */
    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        @Nullable InetAddress address = literal(host);
        return address != null && address.isLoopbackAddress();
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (IllegalArgumentException e) {
            return null; // a name
        }
    }

    private static Optional<Status> refuseAttributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .filter(
                        attribute ->
                                !attribute.getKey().equals(VERSION)
                                        || !attribute.getValue().equals("v1"))
                .findFirst()
                .flatMap(
                        attribute ->
                                invalid(
                                        "push_config.attributes has %s = \"%s\", and only %s = \"v1\" is known."
                                                .formatted(
                                                        attribute.getKey(),
                                                        attribute.getValue(),
                                                        VERSION)));
    }

    private static Optional<Status> refuseUnknown(PushConfig config) {
        return config.getUnknownFields().asMap().isEmpty()
                ? Optional.empty()
                : invalid(
                        "push_config has the unknown fields %s."
                                .formatted(config.getUnknownFields().asMap().keySet()));
    }

    private static Optional<Status> noTokens() {
        return Optional.of(
                Status.UNIMPLEMENTED.withDescription(
                        "pubsub-embedded does not do push_config.oidc_token: it has no service account to sign with. Leave it out, or use Google's Pub/Sub."));
    }

    /** What the service fills in where a definition says nothing. */
    public static PushConfig withDefaults(PushConfig config) {
        return !isPush(config) || config.containsAttributes(VERSION)
                ? config
                : config.toBuilder().putAttributes(VERSION, "v1").build();
    }

    /** For those who pull from a subscription that pushes. */
    public static Status notPull() {
        return Status.FAILED_PRECONDITION.withDescription(
                "The subscription pushes to its endpoint. To pull, set an empty push_config with ModifyPushConfig.");
    }

    private static Optional<Status> invalid(String sentence) {
        return Optional.of(Status.INVALID_ARGUMENT.withDescription(sentence));
    }
}
