package io.farandole.pubsub.schema;

import com.google.pubsub.v1.Schema;
import org.jspecify.annotations.Nullable;

/** A revision of a schema, or the place of one that was deleted. */
final class SchemaRevision {

    private final Schema schema;
    private volatile @Nullable SchemaDefinition parsed;

    SchemaRevision(Schema schema) {
        this.schema = schema;
    }

    /** As it is shown; a deleted one has no definition. */
    Schema schema() {
        return schema;
    }

    String id() {
        return schema.getRevisionId();
    }

    boolean isDeleted() {
        return schema.getDefinition().isEmpty();
    }

    /** Parsed when it is first asked for, which a replay does not do. */
    SchemaDefinition definition() {
        SchemaDefinition known = parsed;
        if (known == null) {
            try {
                known = SchemaDefinition.of(schema);
            } catch (InvalidDefinitionException e) {
                throw new IllegalStateException(
                        "revision %s of %s was taken, and cannot be parsed any more"
                                .formatted(id(), schema.getName()),
                        e);
            }
            parsed = known;
        }
        return known;
    }

    SchemaRevision deleted() {
        return new SchemaRevision(schema.toBuilder().clearDefinition().build());
    }
}
