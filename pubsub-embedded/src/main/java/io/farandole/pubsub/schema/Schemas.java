package io.farandole.pubsub.schema;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All schemas that there are; changed only in the order of the journal. */
public final class Schemas {

    /** What stands for the name of a schema that was deleted. */
    public static final String DELETED = "_deleted-schema_";

    private final ConcurrentHashMap<String, SchemaHistory> histories = new ConcurrentHashMap<>();

    public Optional<SchemaHistory> find(String name) {
        return Optional.ofNullable(histories.get(name));
    }

    public Collection<SchemaHistory> all() {
        return histories.values();
    }

    /** A schema was created, or has other revisions now. */
    public void define(String name, byte[] definition) {
        histories.put(name, SchemaHistory.of(definition));
    }

    public void remove(String name) {
        histories.remove(name);
    }
}
