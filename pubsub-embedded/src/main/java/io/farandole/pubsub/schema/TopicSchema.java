package io.farandole.pubsub.schema;

import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SchemaSettings;
import com.google.pubsub.v1.Topic;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the schema settings of a topic ask of it, and of what is published on it. */
public final class TopicSchema {

    /** The attributes that tell a subscriber how to read a message. */
    public static final String NAME = "googclient_schemaname";

    public static final String ENCODING = "googclient_schemaencoding";
    public static final String REVISION = "googclient_schemarevisionid";

    private final Schemas schemas;

    public TopicSchema(Schemas schemas) {
        this.schemas = schemas;
    }

    /** The topic as it is when its schema was deleted: it says so. */
    public static Topic known(Topic topic, Schemas schemas) {
        return topic.hasSchemaSettings()
                        && schemas.find(topic.getSchemaSettings().getSchema()).isEmpty()
                ? topic.toBuilder()
                        .setSchemaSettings(
                                topic.getSchemaSettings().toBuilder().setSchema(Schemas.DELETED))
                        .build()
                : topic;
    }

    /** Whether a topic can have these settings. */
    public Optional<Status> refuse(SchemaSettings settings) {
        String name = settings.getSchema();
        SchemaHistory history = schemas.find(name).orElse(null);
        if (history == null) {
            return Optional.of(
                    Status.NOT_FOUND.withDescription(
                            "schema_settings.schema is %s, and there is no such schema. Create it first."
                                    .formatted(name.isEmpty() ? "empty" : name)));
        }
        if (settings.getEncoding() != Encoding.JSON && settings.getEncoding() != Encoding.BINARY) {
            return Optional.of(
                    Status.INVALID_ARGUMENT.withDescription(
                            "schema_settings.encoding has to be JSON or BINARY."));
        }
        for (String id : List.of(settings.getFirstRevisionId(), settings.getLastRevisionId())) {
            if (!id.isEmpty() && history.revision(id).isEmpty()) {
                return Optional.of(
                        Status.NOT_FOUND.withDescription(
                                "schema_settings names the revision %s, which %s does not have."
                                        .formatted(id, name)));
            }
        }
        return history.isRange(settings)
                ? Optional.empty()
                : Optional.of(
                        Status.INVALID_ARGUMENT.withDescription(
                                "schema_settings.first_revision_id is younger than last_revision_id."));
    }

    /**
     * Checks every message, and adds the attributes to them.
     *
     * @throws StatusException when one of them fits no revision that the topic allows
     */
    public PublishRequest apply(SchemaSettings settings, PublishRequest request)
            throws StatusException {
        String name = settings.getSchema();
        SchemaHistory history = schemas.find(name).orElse(null);
        if (history == null) {
            throw Status.FAILED_PRECONDITION
                    .withDescription(
                            ("The schema of %s was deleted, so nothing can be published on it. Give the"
                                            + " topic another schema, or none.")
                                    .formatted(request.getTopic()))
                    .asException();
        }
        List<SchemaRevision> allowed = history.allowed(settings);
        if (allowed.isEmpty()) {
            throw Status.FAILED_PRECONDITION
                    .withDescription(
                            ("All revisions of %s that %s allows were deleted, so nothing can be published on"
                                            + " it. Change its schema settings.")
                                    .formatted(name, request.getTopic()))
                    .asException();
        }
        PublishRequest.Builder checked = request.toBuilder();
        for (int i = 0; i < request.getMessagesCount(); i++) {
            PubsubMessage message = request.getMessages(i);
            checked.setMessages(
                    i,
                    message.toBuilder()
                            .putAttributes(NAME, name)
                            .putAttributes(ENCODING, settings.getEncoding().name())
                            .putAttributes(REVISION, fitting(allowed, settings, message, i)));
        }
        return checked.build();
    }

    private static String fitting(
            List<SchemaRevision> allowed, SchemaSettings settings, PubsubMessage message, int index)
            throws StatusException {
        String first = "";
        String last = "";
        for (SchemaRevision revision : allowed) {
            try {
                revision.definition().check(message.getData(), settings.getEncoding());
                return revision.id();
            } catch (MismatchException e) {
                last = AvroDefinition.said(e);
                first = first.isEmpty() ? last : first;
            }
        }
        throw mismatch(allowed, settings, index, first, last);
    }

    private static StatusException mismatch(
            List<SchemaRevision> allowed,
            SchemaSettings settings,
            int index,
            String first,
            String last) {
        SchemaRevision newest = allowed.getFirst();
        String others =
                allowed.size() == 1
                        ? ""
                        : ", nor any of the %d older ones that the topic allows"
                                .formatted(allowed.size() - 1);
        return MessageRefusal.of(
                newest.definition(),
                settings.getEncoding(),
                "Message %d of the request does not fit revision %s of %s%s: %s"
                        .formatted(index, newest.id(), settings.getSchema(), others, first),
                Map.of(
                        "revisionInfo",
                        "Could not validate message with any schema revision for schema: %s, last checked revision: revision_id=%s failed with status: %s"
                                .formatted(settings.getSchema(), allowed.getLast().id(), last)));
    }
}
