package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static io.farandole.pubsub.GoogleClient.topic;
import static io.farandole.pubsub.SchemaIT.name;
import static io.farandole.pubsub.SchemaIT.protobuf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.CommitSchemaRequest;
import com.google.pubsub.v1.CreateSchemaRequest;
import com.google.pubsub.v1.DeleteSchemaRequest;
import com.google.pubsub.v1.DeleteSchemaRevisionRequest;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.GetSchemaRequest;
import com.google.pubsub.v1.ListSchemaRevisionsRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RollbackSchemaRequest;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.SchemaServiceGrpc.SchemaServiceBlockingStub;
import com.google.pubsub.v1.SchemaSettings;
import com.google.pubsub.v1.SchemaView;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Topics with a schema, held to https://cloud.google.com/pubsub/docs/associate-schema-topic,
 * publish-topics-schema, delete-schema and delete-schema-revision.
 */
class TopicSchemaIT {

    private static final String ONE = "syntax = \"proto3\"; message M { string a = 1; }";
    private static final String TWO =
            "syntax = \"proto3\"; message M { string a = 1; optional int32 b = 2; }";
    private static final String THREE =
            "syntax = \"proto3\"; message M { string a = 1; optional int32 b = 2; optional bool c = 3; }";

    @TempDir Path directory;
    private EmbeddedPubSub server;
    private GoogleClient client;
    private SchemaServiceBlockingStub schemas;

    @BeforeEach
    void start() {
        server = EmbeddedPubSub.builder().journal(directory).start();
        client = new GoogleClient(server.endpoint());
        schemas = SchemaServiceGrpc.newBlockingStub(client.channel);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void restart() {
        stop();
        start();
    }

    @Test
    void takesWhatFitsAndTellsSubscribersHow() {
        String revision = create("orders", ONE);
        createTopic(settings("orders", Encoding.JSON));
        client.publish("news", json("{\"a\":\"1\"}").toBuilder().putAttributes("k", "v").build());
        assertThat(pull())
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.getAttributesMap())
                                        .isEqualTo(
                                                Map.of(
                                                        "k",
                                                        "v",
                                                        "googclient_schemaname",
                                                        name("orders"),
                                                        "googclient_schemaencoding",
                                                        "JSON",
                                                        "googclient_schemarevisionid",
                                                        revision)));
    }

    /** One bad message fails the whole request, with the reason that the real service gives. */
    @Test
    void refusesTheWholeRequestAndSaysWhy() {
        String revision = create("orders", ONE);
        createTopic(settings("orders", Encoding.JSON));
        assertThatThrownBy(() -> client.publish("news", json("{\"a\":\"1\"}"), json("{\"a\":{}}")))
                .hasMessageContaining("Invalid data in message: Message failed schema validation.")
                .hasMessageContaining("Message 1 of the request")
                .hasMessageContaining("$.a")
                .satisfies(
                        thrown -> {
                            com.google.rpc.Status status =
                                    Objects.requireNonNull(StatusProto.fromThrowable(thrown));
                            ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
                            assertThat(info.getReason()).isEqualTo("INVALID_JSON_PROTO_MESSAGE");
                            assertThat(info.getDomain()).isEqualTo("pubsub.googleapis.com");
                            assertThat(info.getMetadataOrThrow("revisionInfo"))
                                    .contains(name("orders"), "revision_id=" + revision);
                        });
        invalid(() -> client.publish("news", json("{\"a\":\"1\",\"more\":1}")), "$.more");
        invalid(() -> client.publish("news", json("junk")), "not JSON");
        // a message of attributes alone holds no JSON
        invalid(
                () ->
                        client.publish(
                                "news", PubsubMessage.newBuilder().putAttributes("k", "v").build()),
                "empty");
        assertThat(pull()).isEmpty();
        assertThat(server.topicCounts().getFirst().published()).isZero();
    }

    @Test
    void readsBinaryAndAvro() {
        create("orders", ONE);
        createTopic(settings("orders", Encoding.BINARY));
        client.publish(
                "news",
                PubsubMessage.newBuilder()
                        .setData(ByteString.copyFrom(new byte[] {0x0a, 1, 'a'}))
                        .build());
        invalid(() -> client.publish("news", json("{\"a\":\"1\"}")), "revision");
        var _ =
                schemas.createSchema(
                        CreateSchemaRequest.newBuilder()
                                .setParent("projects/farandole")
                                .setSchemaId("words")
                                .setSchema(
                                        Schema.newBuilder()
                                                .setType(Schema.Type.AVRO)
                                                .setDefinition(
                                                        "{\"type\":\"record\",\"name\":\"W\",\"fields\":[{\"name\":\"w\",\"type\":[\"null\",\"string\"]}]}"))
                                .build());
        update(settings("words", Encoding.JSON), "schema_settings");
        client.publish("news", json("{\"w\":{\"string\":\"x\"}}"));
        invalid(() -> client.publish("news", json("{\"w\":\"x\"}")), "$.w");
        assertThat(pull())
                .extracting(one -> one.getAttributesOrThrow("googclient_schemaencoding"))
                .containsExactly("BINARY", "JSON");
    }

    /** Newest first, within the range that the topic allows. */
    @Test
    void triesTheAllowedRevisionsFromTheNewest() {
        String one = create("orders", ONE);
        String two = commit("orders", TWO);
        createTopic(settings("orders", Encoding.JSON));
        assertThat(revisionOf("{\"a\":\"1\"}")).isEqualTo(two);
        String three = commit("orders", THREE);
        assertThat(revisionOf("{\"c\":true}")).isEqualTo(three);

        update(settings("orders", Encoding.JSON).setLastRevisionId(two), "schema_settings");
        assertThat(revisionOf("{\"b\":1}")).isEqualTo(two);
        invalid(() -> client.publish("news", json("{\"c\":true}")), "nor any of the 1 older ones");

        update(
                SchemaSettings.newBuilder().setFirstRevisionId(one).setLastRevisionId(one),
                "schema_settings.first_revision_id",
                "schema_settings.last_revision_id");
        assertThat(revisionOf("{\"a\":\"1\"}")).isEqualTo(one);
        invalid(() -> client.publish("news", json("{\"b\":1}")), "$.b");

        // a rollback is a new revision at the end
        String four = rollback("orders", one);
        update(settings("orders", Encoding.JSON).setFirstRevisionId(three), "schema_settings");
        assertThat(revisionOf("{\"a\":\"1\"}")).isEqualTo(four);
        assertThat(revisionOf("{\"c\":true}")).isEqualTo(three);
    }

    /** A deleted end of the range is replaced by the next one within it. */
    @Test
    void keepsARangeWhoseEndsWereDeleted() {
        String one = create("orders", ONE);
        String two = commit("orders", TWO);
        String three = commit("orders", THREE);
        String four = commit("orders", TWO);
        createTopic(
                settings("orders", Encoding.JSON).setFirstRevisionId(one).setLastRevisionId(three));
        deleteRevision("orders", one);
        deleteRevision("orders", three);
        restart();
        assertThat(revisionOf("{\"b\":1}")).isEqualTo(two);
        invalid(() -> client.publish("news", json("{\"c\":true}")), two);
        deleteRevision("orders", two);
        assertThatThrownBy(() -> client.publish("news", json("{\"b\":1}")))
                .hasMessageContaining("Change its schema settings");
        assertThat(four).isNotEqualTo(two);
    }

    @Test
    void refusesPublishesOnceTheSchemaIsDeleted() {
        create("orders", ONE);
        createTopic(settings("orders", Encoding.JSON));
        client.publish("news", json("{\"a\":\"1\"}"));
        var _ =
                schemas.deleteSchema(
                        DeleteSchemaRequest.newBuilder().setName(name("orders")).build());
        for (int i = 0; i < 2; i++) {
            assertThat(client.topics.getTopic(topic("news")).getSchemaSettings().getSchema())
                    .isEqualTo("_deleted-schema_");
            refused(
                    Status.Code.FAILED_PRECONDITION,
                    () -> client.publish("news", json("{\"a\":\"1\"}")));
            // another schema of the same name is another schema
            create("orders", TWO);
            refused(
                    Status.Code.FAILED_PRECONDITION,
                    () -> client.publish("news", json("{\"a\":\"1\"}")));
            var _ =
                    schemas.deleteSchema(
                            DeleteSchemaRequest.newBuilder().setName(name("orders")).build());
            restart();
        }
        // what it was made with can still be changed, and the schema be taken away
        Topic labelled =
                client.topics.updateTopic(
                        UpdateTopicRequest.newBuilder()
                                .setTopic(
                                        Topic.newBuilder()
                                                .setName(topic("news"))
                                                .putLabels("a", "b"))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("labels"))
                                .build());
        assertThat(labelled.getSchemaSettings().getSchema()).isEqualTo("_deleted-schema_");
        var _ =
                client.topics.updateTopic(
                        UpdateTopicRequest.newBuilder()
                                .setTopic(Topic.newBuilder().setName(topic("news")))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("schema_settings"))
                                .build());
        client.publish("news", message("anything"));
    }

    @Test
    void refusesBadSettings() {
        String one = create("orders", ONE);
        String two = commit("orders", TWO);
        refused(Status.Code.NOT_FOUND, () -> createTopic(settings("missing", Encoding.JSON)));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> createTopic(settings("orders", Encoding.ENCODING_UNSPECIFIED)));
        refused(
                Status.Code.NOT_FOUND,
                () ->
                        createTopic(
                                settings("orders", Encoding.JSON).setFirstRevisionId("00000000")));
        invalid(
                () ->
                        createTopic(
                                settings("orders", Encoding.JSON)
                                        .setFirstRevisionId(two)
                                        .setLastRevisionId(one)),
                "younger");
        refused(Status.Code.NOT_FOUND, () -> client.topics.getTopic(topic("news")));
        createTopic(settings("orders", Encoding.JSON));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> update(SchemaSettings.newBuilder(), "schema_settings.encoding"));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> update(SchemaSettings.newBuilder(), "schema_settings.nothing"));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> update(SchemaSettings.newBuilder(), "schema_settings.schema.x"));
    }

    @Test
    void survivesARestart() {
        String one = create("orders", ONE);
        String two = commit("orders", TWO);
        create("gone", ONE);
        var _ =
                schemas.deleteSchema(
                        DeleteSchemaRequest.newBuilder().setName(name("gone")).build());
        createTopic(settings("orders", Encoding.JSON).setLastRevisionId(one));
        List<Schema> before = revisions("orders");
        restart();
        assertThat(revisions("orders")).isEqualTo(before).hasSize(2);
        refused(
                Status.Code.NOT_FOUND,
                () ->
                        schemas.getSchema(
                                GetSchemaRequest.newBuilder().setName(name("gone")).build()));
        invalid(() -> client.publish("news", json("{\"b\":1}")), one);
        update(settings("orders", Encoding.JSON), "schema_settings");
        assertThat(revisionOf("{\"b\":1}")).isEqualTo(two);
    }

    private String create(String id, String definition) {
        return schemas.createSchema(
                        CreateSchemaRequest.newBuilder()
                                .setParent("projects/farandole")
                                .setSchemaId(id)
                                .setSchema(protobuf(definition))
                                .build())
                .getRevisionId();
    }

    private String commit(String id, String definition) {
        return schemas.commitSchema(
                        CommitSchemaRequest.newBuilder()
                                .setName(name(id))
                                .setSchema(protobuf(definition))
                                .build())
                .getRevisionId();
    }

    private String rollback(String id, String revision) {
        return schemas.rollbackSchema(
                        RollbackSchemaRequest.newBuilder()
                                .setName(name(id))
                                .setRevisionId(revision)
                                .build())
                .getRevisionId();
    }

    private void deleteRevision(String id, String revision) {
        var _ =
                schemas.deleteSchemaRevision(
                        DeleteSchemaRevisionRequest.newBuilder()
                                .setName(name(id) + "@" + revision)
                                .build());
    }

    private List<Schema> revisions(String id) {
        return schemas.listSchemaRevisions(
                        ListSchemaRevisionsRequest.newBuilder()
                                .setName(name(id))
                                .setView(SchemaView.FULL)
                                .build())
                .getSchemasList();
    }

    private static SchemaSettings.Builder settings(String id, Encoding encoding) {
        return SchemaSettings.newBuilder().setSchema(name(id)).setEncoding(encoding);
    }

    private void createTopic(SchemaSettings.Builder settings) {
        client.topics.createTopic(
                Topic.newBuilder().setName(topic("news")).setSchemaSettings(settings).build());
        client.subscribe(Subscription.newBuilder(), "news", "first");
    }

    private void update(SchemaSettings.Builder settings, String... paths) {
        client.topics.updateTopic(
                UpdateTopicRequest.newBuilder()
                        .setTopic(
                                Topic.newBuilder()
                                        .setName(topic("news"))
                                        .setSchemaSettings(settings))
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                        .build());
    }

    /** The revision that a message is found to fit when it is published. */
    private String revisionOf(String json) {
        client.publish("news", json(json));
        return pull().getLast().getAttributesOrThrow("googclient_schemarevisionid");
    }

    private List<PubsubMessage> pull() {
        @SuppressWarnings("deprecation") // so that an empty subscription answers at once
        PullRequest request =
                PullRequest.newBuilder()
                        .setSubscription(subscription("first"))
                        .setMaxMessages(100)
                        .setReturnImmediately(true)
                        .build();
        List<ReceivedMessage> received =
                client.subscriptions.pullCallable().call(request).getReceivedMessagesList();
        if (!received.isEmpty()) {
            client.subscriptions.acknowledge(
                    subscription("first"),
                    received.stream().map(ReceivedMessage::getAckId).toList());
        }
        return received.stream().map(ReceivedMessage::getMessage).toList();
    }

    private static PubsubMessage json(String text) {
        return message(text);
    }

    private static void invalid(ThrowingCallable call, String says) {
        assertThatThrownBy(call).hasMessageContaining(says);
        refused(Status.Code.INVALID_ARGUMENT, call);
    }

    private static void refused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code));
    }
}
