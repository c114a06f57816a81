package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.Schema;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.schema.SchemaDefinition;
import io.farandole.pubsub.schema.SchemaHistory;
import io.grpc.Status;
import java.util.Optional;

/** Makes changes of schemas, each in its turn, of what the one before it left. */
final class SchemaChanges {

    static final int MAX_SCHEMAS = 10_000;

    private final Broker broker;

    SchemaChanges(Broker broker) {
        this.broker = broker;
    }

    void create(Schema schema, Reply<Schema> reply) {
        broker.turns().take(schema.getName(), reply, inTurn -> createInTurn(schema, inTurn));
    }

    private void createInTurn(Schema schema, Reply<Schema> reply) {
        String name = schema.getName();
        if (broker.schemas().find(name).isPresent()) {
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

    void commit(Schema schema, SchemaDefinition definition, Reply<Schema> reply) {
        broker.turns()
                .take(schema.getName(), reply, inTurn -> commitInTurn(schema, definition, inTurn));
    }

    private void commitInTurn(Schema schema, SchemaDefinition definition, Reply<Schema> reply) {
        SchemaHistory history = broker.schemas().find(schema.getName()).orElse(null);
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

    void rollback(String name, String revision, Reply<Schema> reply) {
        broker.turns().take(name, reply, inTurn -> rollBackInTurn(name, revision, inTurn));
    }

    private void rollBackInTurn(String name, String revision, Reply<Schema> reply) {
        SchemaHistory history = broker.schemas().find(name).orElse(null);
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

    void deleteRevision(String name, String revision, Reply<Schema> reply) {
        broker.turns().take(name, reply, inTurn -> deleteRevisionInTurn(name, revision, inTurn));
    }

    private void deleteRevisionInTurn(String name, String revision, Reply<Schema> reply) {
        SchemaHistory history = broker.schemas().find(name).orElse(null);
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

    void delete(String name, Reply<Empty> reply) {
        broker.turns().take(name, reply, inTurn -> deleteInTurn(name, inTurn));
    }

    private void deleteInTurn(String name, Reply<Empty> reply) {
        if (broker.schemas().find(name).isEmpty()) {
            reply.refused(ResourceName.SCHEMA.missing(name));
            return;
        }
        broker.delete(Kind.SCHEMA, name, reply);
    }

    private void put(SchemaHistory history, Reply<Schema> reply) {
        broker.change(
                new Defined(Kind.SCHEMA, history.name(), history.toBytes()),
                reply,
                history::latest,
                () -> {});
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
