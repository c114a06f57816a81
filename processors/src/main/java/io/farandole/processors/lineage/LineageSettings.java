package io.farandole.processors.lineage;

import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where lineage is told: {@code farandole.lineage.*}.
 *
 * @param to the address that takes events by POST ({@code http:}, {@code https:}), or a file to
 *     which they are appended, one a line ({@code file:}); blank for nowhere
 * @param namespace of jobs and of what they make
 */
@ConfigurationProperties("farandole.lineage")
record LineageSettings(@DefaultValue("") String to, @DefaultValue("farandole") String namespace) {

    LineageSettings {
        if (namespace.isBlank()) {
            throw new IllegalArgumentException("farandole.lineage.namespace is blank");
        }
        if (!to.isBlank() && !to.matches("(https?|file):.+")) {
            throw new IllegalArgumentException(
                    "farandole.lineage.to = "
                            + to
                            + " is neither an http:, an https: nor a file: address");
        }
    }

    Optional<URI> address() {
        return to.isBlank() ? Optional.empty() : Optional.of(URI.create(to));
    }
}
