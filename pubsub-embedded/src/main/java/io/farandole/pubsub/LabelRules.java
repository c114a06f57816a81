package io.farandole.pubsub;

import io.grpc.Status;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The documented limits of labels: 64, keys and values of 63 characters, which are lower-case or
 * caseless letters, digits, dashes and underscores; a key begins with a letter.
 */
final class LabelRules {

    private static final int MAX_LABELS = 64;
    private static final Pattern KEY =
            Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
    private static final Pattern VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");

    private LabelRules() {}

    static Optional<Status> refuse(Map<String, String> labels) {
        if (labels.size() > MAX_LABELS) {
            return invalid(
                    "There are %d labels, and at most %d are allowed."
                            .formatted(labels.size(), MAX_LABELS));
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!KEY.matcher(label.getKey()).matches()) {
                return invalid(
                        "\"%s\" is no key of a label: it has to be a lower-case letter and then up to 62 of them, digits, - or _."
                                .formatted(label.getKey()));
            }
            if (!VALUE.matcher(label.getValue()).matches()) {
                return invalid(
                        "\"%s\" is no value of the label \"%s\": it has to be up to 63 lower-case letters, digits, - or _."
                                .formatted(label.getValue(), label.getKey()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Status> invalid(String sentence) {
        return Optional.of(Status.INVALID_ARGUMENT.withDescription(sentence));
    }
}
