package io.farandole.events.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.farandole.events.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A topic's contract as it is published: the text of its generated {@code .proto}. */
public final class PublishedContract {

    private PublishedContract() {}

    /** The name of the topic's schema at the broker. */
    public static String schemaOf(Topic<?> topic) {
        return "farandole-" + topic.name();
    }

    /**
     * Reads the contract that this jar carries.
     *
     * @throws IllegalStateException if the jar was built without it
     */
    public static String of(Topic<?> topic) {
        String name = topic.name() + ".proto";
        try (InputStream file = PublishedContract.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not in the jar of events-schema");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
