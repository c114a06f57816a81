package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.CommitSchemaRequest;
import com.google.pubsub.v1.CreateSchemaRequest;
import com.google.pubsub.v1.DeleteSchemaRequest;
import com.google.pubsub.v1.DeleteSchemaRevisionRequest;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.GetSchemaRequest;
import com.google.pubsub.v1.ListSchemaRevisionsRequest;
import com.google.pubsub.v1.ListSchemaRevisionsResponse;
import com.google.pubsub.v1.ListSchemasRequest;
import com.google.pubsub.v1.ListSchemasResponse;
import com.google.pubsub.v1.RollbackSchemaRequest;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaServiceGrpc.SchemaServiceImplBase;
import com.google.pubsub.v1.SchemaView;
import com.google.pubsub.v1.ValidateMessageRequest;
import com.google.pubsub.v1.ValidateMessageResponse;
import com.google.pubsub.v1.ValidateSchemaRequest;
import com.google.pubsub.v1.ValidateSchemaResponse;
import io.farandole.pubsub.schema.InvalidDefinitionException;
import io.farandole.pubsub.schema.MessageRefusal;
import io.farandole.pubsub.schema.MismatchException;
import io.farandole.pubsub.schema.SchemaDefinition;
import io.farandole.pubsub.schema.SchemaHistory;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** google.pubsub.v1.SchemaService: schemas and their revisions. */
final class SchemaService extends SchemaServiceImplBase {

    private final Broker broker;
    private final SchemaChanges changes;

    SchemaService(Broker broker) {
        this.broker = broker;
        this.changes = new SchemaChanges(broker);
    }

    @Override
    public void createSchema(CreateSchemaRequest request, StreamObserver<Schema> responses) {
        Reply<Schema> reply = new Reply<>(responses);
        String name = request.getParent() + "/schemas/" + request.getSchemaId();
        Optional<Status> refusal =
                ResourceName.refuseProject(request.getParent())
                        .or(() -> ResourceName.SCHEMA.refuse(name));
        if (refusal.isPresent()) {
            reply.refused(refusal.get());
            return;
        }
        Schema schema = request.getSchema().toBuilder().setName(name).build();
        parse(schema, reply, _ -> changes.create(schema, reply));
    }

    @Override
    public void getSchema(GetSchemaRequest request, StreamObserver<Schema> responses) {
        Reply<Schema> reply = new Reply<>(responses);
        find(
                request.getName(),
                reply,
                revision ->
                        reply.done(
                                request.getView() == SchemaView.BASIC
                                        ? basic(revision)
                                        : revision));
    }

    @Override
    public void listSchemas(
            ListSchemasRequest request, StreamObserver<ListSchemasResponse> responses) {
        Reply<ListSchemasResponse> reply = new Reply<>(responses);
        new PageRequest(request.getPageSize(), request.getPageToken())
                .answerIn(
                        request.getParent(),
                        broker.schemas().all().stream()
                                .map(one -> seen(one.latest(), request.getView())),
                        Schema::getName,
                        reply,
                        page ->
                                ListSchemasResponse.newBuilder()
                                        .addAllSchemas(page.items())
                                        .setNextPageToken(page.nextToken())
                                        .build());
    }

    @Override
    public void listSchemaRevisions(
            ListSchemaRevisionsRequest request,
            StreamObserver<ListSchemaRevisionsResponse> responses) {
        Reply<ListSchemaRevisionsResponse> reply = new Reply<>(responses);
        findHistory(
                request.getName(),
                reply,
                history -> {
                    // the token is of another kind here, and looked at below
                    Optional<Status> refusal = Page.refuse(request.getPageSize(), "");
                    if (refusal.isPresent()) {
                        reply.refused(refusal.get());
                        return;
                    }
                    List<Schema> all = history.newestFirst();
                    Optional<Page<Schema>> page =
                            Page.inOrder(
                                    all,
                                    Schema::getRevisionId,
                                    request.getPageSize(),
                                    request.getPageToken());
                    page.ifPresentOrElse(
                            piece ->
                                    reply.done(
                                            ListSchemaRevisionsResponse.newBuilder()
                                                    .addAllSchemas(
                                                            piece.items().stream()
                                                                    .map(
                                                                            one ->
                                                                                    seen(
                                                                                            one,
                                                                                            request
                                                                                                    .getView()))
                                                                    .toList())
                                                    .setNextPageToken(piece.nextToken())
                                                    .build()),
                            () ->
                                    reply.refused(
                                            invalid(
                                                    "page_token is \"%s\", which is of no list, or of a revision that was deleted since. Begin the list anew."
                                                            .formatted(request.getPageToken()))));
                });
    }

    @Override
    public void commitSchema(CommitSchemaRequest request, StreamObserver<Schema> responses) {
        Reply<Schema> reply = new Reply<>(responses);
        String inside = request.getSchema().getName();
        if (!inside.isEmpty() && !inside.equals(request.getName())) {
            reply.refused(
                    invalid(
                            "name is \"%s\", and schema.name is \"%s\": they have to be the same."
                                    .formatted(request.getName(), inside)));
            return;
        }
        Schema schema = request.getSchema().toBuilder().setName(request.getName()).build();
        findHistory(
                request.getName(),
                reply,
                _ -> parse(schema, reply, parsed -> changes.commit(schema, parsed, reply)));
    }

    @Override
    public void rollbackSchema(RollbackSchemaRequest request, StreamObserver<Schema> responses) {
        Reply<Schema> reply = new Reply<>(responses);
        if (request.getRevisionId().isEmpty()) {
            reply.refused(invalid("revision_id is empty: say which revision to go back to."));
            return;
        }
        findHistory(
                request.getName(),
                reply,
                _ -> changes.rollback(request.getName(), request.getRevisionId(), reply));
    }

    @Override
    @SuppressWarnings("deprecation") // clients that are old still say revision_id
    public void deleteSchemaRevision(
            DeleteSchemaRevisionRequest request, StreamObserver<Schema> responses) {
        Reply<Schema> reply = new Reply<>(responses);
        RevisionName name = RevisionName.of(request.getName());
        String revision = name.revision().isEmpty() ? request.getRevisionId() : name.revision();
        if (revision.isEmpty()) {
            reply.refused(
                    invalid(
                            "name is \"%s\", and has to say which revision to delete: %s@REVISION."
                                    .formatted(request.getName(), request.getName())));
            return;
        }
        findHistory(
                name.schema(), reply, _ -> changes.deleteRevision(name.schema(), revision, reply));
    }

    @Override
    public void deleteSchema(DeleteSchemaRequest request, StreamObserver<Empty> responses) {
        Reply<Empty> reply = new Reply<>(responses);
        findHistory(request.getName(), reply, _ -> changes.delete(request.getName(), reply));
    }

    @Override
    public void validateSchema(
            ValidateSchemaRequest request, StreamObserver<ValidateSchemaResponse> responses) {
        Reply<ValidateSchemaResponse> reply = new Reply<>(responses);
        ResourceName.refuseProject(request.getParent())
                .ifPresentOrElse(
                        reply::refused,
                        () ->
                                parse(
                                        request.getSchema(),
                                        reply,
                                        _ ->
                                                reply.done(
                                                        ValidateSchemaResponse
                                                                .getDefaultInstance())));
    }

    @Override
    public void validateMessage(
            ValidateMessageRequest request, StreamObserver<ValidateMessageResponse> responses) {
        Reply<ValidateMessageResponse> reply = new Reply<>(responses);
        Optional<Status> refusal = ResourceName.refuseProject(request.getParent());
        if (refusal.isPresent()) {
            reply.refused(refusal.get());
            return;
        }
        if (request.getEncoding() != Encoding.JSON && request.getEncoding() != Encoding.BINARY) {
            reply.refused(invalid("encoding has to be JSON or BINARY."));
            return;
        }
        switch (request.getSchemaSpecCase()) {
            case NAME ->
                    find(
                            request.getName(),
                            reply,
                            schema -> parse(schema, reply, it -> check(it, request, reply)));
            case SCHEMA -> parse(request.getSchema(), reply, it -> check(it, request, reply));
            case SCHEMASPEC_NOT_SET ->
                    reply.refused(invalid("There has to be a name, or a schema."));
        }
    }

    private static void check(
            SchemaDefinition definition,
            ValidateMessageRequest request,
            Reply<ValidateMessageResponse> reply) {
        try {
            definition.check(request.getMessage(), request.getEncoding());
            reply.done(ValidateMessageResponse.getDefaultInstance());
        } catch (MismatchException e) {
            reply.refused(MessageRefusal.of(definition, request.getEncoding(), e));
        }
    }

    private static void parse(Schema schema, Reply<?> reply, Consumer<SchemaDefinition> action) {
        SchemaDefinition parsed;
        try {
            parsed = SchemaDefinition.of(schema);
        } catch (InvalidDefinitionException e) {
            reply.refused(invalid(String.valueOf(e.getMessage())));
            return;
        }
        action.accept(parsed);
    }

    /** Finds a revision by NAME@REVISION, or the latest one by NAME. */
    private void find(String name, Reply<?> reply, Consumer<Schema> action) {
        RevisionName asked = RevisionName.of(name);
        findHistory(
                asked.schema(),
                reply,
                history -> {
                    if (asked.revision().isEmpty()) {
                        action.accept(history.latest());
                        return;
                    }
                    history.revision(asked.revision())
                            .ifPresentOrElse(
                                    action,
                                    () ->
                                            reply.refused(
                                                    SchemaChanges.noRevision(
                                                            asked.schema(), asked.revision())));
                });
    }

    private void findHistory(String name, Reply<?> reply, Consumer<SchemaHistory> action) {
        ResourceName.SCHEMA.find(name, broker.schemas()::find, reply, action);
    }

    /** In lists, what is not asked for is left out. */
    private static Schema seen(Schema schema, SchemaView view) {
        return view == SchemaView.FULL ? schema : basic(schema);
    }

    private static Schema basic(Schema schema) {
        return schema.toBuilder().clearDefinition().build();
    }

    private static Status invalid(String sentence) {
        return Status.INVALID_ARGUMENT.withDescription(sentence);
    }

    /** projects/PROJECT/schemas/ID, and perhaps @REVISION. */
    private record RevisionName(String schema, String revision) {

        static RevisionName of(String name) {
            int at = name.indexOf('@');
            return at < 0
                    ? new RevisionName(name, "")
                    : new RevisionName(name.substring(0, at), name.substring(at + 1));
        }
    }
}
