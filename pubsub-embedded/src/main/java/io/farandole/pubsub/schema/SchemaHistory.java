package io.farandole.pubsub.schema;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.ListSchemaRevisionsResponse;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A schema with all its revisions, the oldest first; immutable. The places of deleted revisions are
 * kept: a topic may still begin or end its range at one.
 */
public final class SchemaHistory {

    /** The documented limit. */
    public static final int MAX_REVISIONS = 20;

    private final List<SchemaRevision> revisions;

    private SchemaHistory(List<SchemaRevision> revisions) {
        this.revisions = List.copyOf(revisions);
    }

    /** A new schema with its first revision. */
    public static SchemaHistory begin(Schema schema, Instant now) {
        return new SchemaHistory(List.of()).with(schema, now);
    }

    /** With a further revision of the same definition, or of another one. */
    public SchemaHistory with(Schema schema, Instant now) {
        List<SchemaRevision> more = new ArrayList<>(revisions);
        more.add(
                new SchemaRevision(
                        schema.toBuilder()
                                .setRevisionId(newId())
                                .setRevisionCreateTime(after(now))
                                .build()));
        return new SchemaHistory(more);
    }

    /** Without the revision, which has to be one of several. */
    public SchemaHistory without(String revisionId) {
        return new SchemaHistory(
                revisions.stream()
                        .map(one -> one.id().equals(revisionId) ? one.deleted() : one)
                        .toList());
    }

    public String name() {
        return revisions.getFirst().schema().getName();
    }

    public Schema.Type type() {
        return revisions.getFirst().schema().getType();
    }

    public Schema latest() {
        return live().getFirst().schema();
    }

    public Optional<Schema> revision(String id) {
        return find(id).map(SchemaRevision::schema);
    }

    /** All that were not deleted, the newest first. */
    public List<Schema> newestFirst() {
        return live().stream().map(SchemaRevision::schema).toList();
    }

    /** Why the definition cannot be a further revision, if it cannot. */
    public Optional<String> conflict(SchemaDefinition definition) {
        for (SchemaRevision one : live()) {
            Optional<String> conflict = definition.conflictWith(one.definition());
            if (conflict.isPresent()) {
                return Optional.of(
                        "it does not go with revision %s: %s".formatted(one.id(), conflict.get()));
            }
        }
        return Optional.empty();
    }

    /** The definition of a revision; of the latest one when the id is empty. */
    Optional<SchemaDefinition> definition(String id) {
        return (id.isEmpty() ? Optional.of(live().getFirst()) : find(id))
                .map(SchemaRevision::definition);
    }

    /** The revisions that a topic allows, the newest first. */
    List<SchemaRevision> allowed(SchemaSettings settings) {
        int first = place(settings.getFirstRevisionId(), 0);
        int last = place(settings.getLastRevisionId(), revisions.size() - 1);
        return first < 0 || first > last
                ? List.of()
                : newestFirst(revisions.subList(first, last + 1));
    }

    /** Whether the range of the settings ends where it begins, or later. */
    boolean isRange(SchemaSettings settings) {
        return place(settings.getFirstRevisionId(), 0)
                <= place(settings.getLastRevisionId(), revisions.size() - 1);
    }

    private int place(String id, int otherwise) {
        if (id.isEmpty()) {
            return otherwise;
        }
        for (int i = 0; i < revisions.size(); i++) {
            if (revisions.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private Optional<SchemaRevision> find(String id) {
        return live().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private List<SchemaRevision> live() {
        return newestFirst(revisions);
    }

    private static List<SchemaRevision> newestFirst(List<SchemaRevision> some) {
        return some.reversed().stream().filter(one -> !one.isDeleted()).toList();
    }

    private String newId() {
        String id;
        do {
            id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        } while (isTaken(id));
        return id;
    }

    private boolean isTaken(String id) {
        return revisions.stream().anyMatch(one -> one.id().equals(id));
    }

    /** Later than every other revision, also when the clock stands or goes back. */
    private Timestamp after(Instant now) {
        Timestamp time =
                Timestamp.newBuilder()
                        .setSeconds(now.getEpochSecond())
                        .setNanos(now.getNano())
                        .build();
        if (revisions.isEmpty()) {
            return time;
        }
        Timestamp last = revisions.getLast().schema().getRevisionCreateTime();
        return Timestamps.compare(time, last) > 0
                ? time
                : Timestamps.fromNanos(Timestamps.toNanos(last) + 1);
    }

    /** As the journal keeps it: a list of revisions, deleted ones without their definition. */
    public byte[] toBytes() {
        return ListSchemaRevisionsResponse.newBuilder()
                .addAllSchemas(revisions.stream().map(SchemaRevision::schema).toList())
                .build()
                .toByteArray();
    }

    /** Reads what {@link #toBytes} wrote. */
    static SchemaHistory of(byte[] bytes) {
        try {
            return new SchemaHistory(
                    ListSchemaRevisionsResponse.parseFrom(bytes).getSchemasList().stream()
                            .map(SchemaRevision::new)
                            .toList());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the journal holds a schema that is none", e);
        }
    }
}
