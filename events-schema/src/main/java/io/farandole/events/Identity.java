package io.farandole.events;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * By what two deliveries are known to be the same event: 128 bits of a hash, for foreign ids can be
 * anything.
 */
public final class Identity {

    /** What clients and servers add on the way, differently each time. */
    private static final String TRANSPORT_PREFIX = "googclient_";

    private Identity() {}

    /** The identity of the event with these {@code ce-source} and {@code ce-id}. */
    public static UUID of(String source, String id) {
        Fingerprint fingerprint = new Fingerprint("event");
        fingerprint.add(source);
        fingerprint.add(id);
        return uuid(fingerprint);
    }

    /**
     * The identity of a message as it was published: by source and id, or by content where it lacks
     * one of them.
     */
    public static UUID of(String topic, Map<String, String> attributes, byte[] data) {
        String source = attributes.getOrDefault(EventAttributes.SOURCE, "");
        String id = attributes.getOrDefault(EventAttributes.ID, "");
        return !source.isBlank() && !id.isBlank()
                ? of(source, id)
                : ofContent(topic, attributes, data);
    }

    private static UUID ofContent(String topic, Map<String, String> attributes, byte[] data) {
        Fingerprint fingerprint = new Fingerprint("content");
        fingerprint.add(topic);
        new TreeMap<>(attributes)
                .forEach(
                        (name, value) -> {
                            if (!name.startsWith(TRANSPORT_PREFIX)) {
                                fingerprint.add(name);
                                fingerprint.add(value);
                            }
                        });
        fingerprint.add(data);
        return uuid(fingerprint);
    }

    private static UUID uuid(Fingerprint fingerprint) {
        ByteBuffer hash = fingerprint.finish();
        return new UUID(hash.getLong(), hash.getLong());
    }
}
