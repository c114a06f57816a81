package io.farandole.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a subscription saw acknowledged, if it retains that: only a seek brings it back. */
final class AcknowledgedMessages {

    private List<StoredMessage> messages = new ArrayList<>();
    private boolean retained;

    void retain(boolean wanted) {
        retained = wanted;
        if (!wanted) {
            messages = new ArrayList<>();
        }
    }

    void add(StoredMessage message) {
        if (retained) {
            messages.add(message);
        }
    }

    /** From now on exactly these are acknowledged. */
    void seek(List<StoredMessage> acknowledged) {
        if (retained) {
            messages = new ArrayList<>(acknowledged);
        }
    }

    void dropPublishedBefore(long millis) {
        messages.removeIf(message -> message.publishedAtMillis() < millis);
    }

    void forEach(Consumer<StoredMessage> consumer) {
        messages.forEach(consumer);
    }

    void clear() {
        messages = new ArrayList<>();
    }
}
