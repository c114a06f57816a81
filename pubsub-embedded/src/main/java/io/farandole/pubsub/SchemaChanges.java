package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.Schema;
import io.farandole.pubsub.journal.JournalRecord;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Removed;
import io.farandole.pubsub.schema.SchemaDefinition;
import io.farandole.pubsub.schema.SchemaHistory;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes each change of a schema of the one before it, also of one that is still on its way to the
 * disk: the journal has them in the order in which they were made.
 */
final class SchemaChanges {

    static final int MAX_SCHEMAS = 10_000;

    private final Broker broker;

    /** What is on its way to the disk: the schema as it will be, or that it will be gone. */
    private static final class UnderWay {
        final Optional<SchemaHistory> schema;

        UnderWay(Optional<SchemaHistory> schema) {
            this.schema = schema;
        }
    }

    private final Map<String, UnderWay> underWay = new HashMap<>();

    SchemaChanges(Broker broker) {
        this.broker = broker;
    }

    synchronized void create(Schema schema, Reply<Schema> reply) {
        String name = schema.getName();
        if (present(name).isPresent()) {
            reply.refused(
                    Status.ALREADY_EXISTS.withDescription(
                            "The schema " + name + " exists already."));
            return;
        }
        if (inProjectOf(name) >= MAX_SCHEMAS) {
            reply.refused(
                    Status.RESOURCE_EXHAUSTED.withDescription(
                            "The project has %d schemas, and cannot have more. Delete some."
                                    .formatted(MAX_SCHEMAS)));
            return;
        }
        put(SchemaHistory.begin(schema, broker.calendar().instant()), reply);
    }

    synchronized void commit(Schema schema, SchemaDefinition definition, Reply<Schema> reply) {
        SchemaHistory history = present(schema.getName()).orElse(null);
        if (history == null) {
            reply.refused(ResourceName.SCHEMA.missing(schema.getName()));
            return;
        }
        if (schema.getType() != history.type()) {
            reply.refused(
                    Status.INVALID_ARGUMENT.withDescription(
                            "A revision of %s has to be of type %s like the others, and is of type %s."
                                    .formatted(
                                            schema.getName(), history.type(), schema.getType())));
            return;
        }
        Optional<String> conflict = history.conflict(definition);
        if (conflict.isPresent()) {
            reply.refused(
                    Status.INVALID_ARGUMENT.withDescription(
                            "This cannot be a revision of %s: %s."
                                    .formatted(schema.getName(), conflict.get())));
            return;
        }
        add(history, schema, reply);
    }

    synchronized void rollback(String name, String revision, Reply<Schema> reply) {
        SchemaHistory history = present(name).orElse(null);
        if (history == null) {
            reply.refused(ResourceName.SCHEMA.missing(name));
            return;
        }
        history.revision(revision)
                .ifPresentOrElse(
                        schema -> add(history, schema, reply),
                        () -> reply.refused(noRevision(name, revision)));
    }

    private void add(SchemaHistory history, Schema schema, Reply<Schema> reply) {
        if (history.newestFirst().size() >= SchemaHistory.MAX_REVISIONS) {
            reply.refused(
                    Status.RESOURCE_EXHAUSTED.withDescription(
                            "%s has %d revisions, and cannot have more. Delete one."
                                    .formatted(history.name(), SchemaHistory.MAX_REVISIONS)));
            return;
        }
        put(history.with(schema, broker.calendar().instant()), reply);
    }

    synchronized void deleteRevision(String name, String revision, Reply<Schema> reply) {
        SchemaHistory history = present(name).orElse(null);
        if (history == null) {
            reply.refused(ResourceName.SCHEMA.missing(name));
        } else if (history.revision(revision).isEmpty()) {
            reply.refused(noRevision(name, revision));
        } else if (history.newestFirst().size() == 1) {
            reply.refused(
                    Status.FAILED_PRECONDITION.withDescription(
                            "%s is the only revision of %s. Delete the schema instead."
                                    .formatted(revision, name)));
        } else {
            put(history.without(revision), reply);
        }
    }

    synchronized void delete(String name, Reply<Empty> reply) {
        if (present(name).isEmpty()) {
            reply.refused(ResourceName.SCHEMA.missing(name));
            return;
        }
        submit(
                new Removed(Kind.SCHEMA, name),
                name,
                Optional.empty(),
                reply,
                Empty.getDefaultInstance());
    }

    private void put(SchemaHistory history, Reply<Schema> reply) {
        submit(
                new Defined(Kind.SCHEMA, history.name(), history.toBytes()),
                history.name(),
                Optional.of(history),
                reply,
                history.latest());
    }

    private <T> void submit(
            JournalRecord change,
            String name,
            Optional<SchemaHistory> will,
            Reply<T> reply,
            T answer) {
        UnderWay submitted = new UnderWay(will);
        underWay.put(name, submitted);
        broker.change(change, reply, () -> answer, () -> arrived(name, submitted));
    }

    /** Forgets what is under way, unless a later change is. */
    private synchronized void arrived(String name, UnderWay submitted) {
        underWay.remove(name, submitted);
    }

    private Optional<SchemaHistory> present(String name) {
        UnderWay submitted = underWay.get(name);
        return submitted == null ? broker.schemas().find(name) : submitted.schema;
    }

    private long inProjectOf(String name) {
        String project = name.substring(0, name.indexOf("/schemas/"));
        return broker.schemas().all().stream()
                .filter(one -> ResourceName.in(project, one.name()))
                .count();
    }

    static Status noRevision(String name, String revision) {
        return Status.NOT_FOUND.withDescription("%s has no revision %s.".formatted(name, revision));
    }
}
