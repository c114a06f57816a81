package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.SchemaServiceClient;
import com.google.cloud.pubsub.v1.SchemaServiceSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.CommitSchemaRequest;
import com.google.pubsub.v1.CreateSchemaRequest;
import com.google.pubsub.v1.DeleteSchemaRevisionRequest;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.GetSchemaRequest;
import com.google.pubsub.v1.ListSchemaRevisionsRequest;
import com.google.pubsub.v1.ListSchemaRevisionsResponse;
import com.google.pubsub.v1.ListSchemasRequest;
import com.google.pubsub.v1.ProjectName;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaName;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.SchemaServiceGrpc.SchemaServiceBlockingStub;
import com.google.pubsub.v1.SchemaView;
import com.google.pubsub.v1.ValidateMessageRequest;
import com.google.pubsub.v1.ValidateSchemaRequest;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The schema service through Google's client and the raw stubs, held to the comments of
 * google/pubsub/v1/schema.proto and to https://cloud.google.com/pubsub/docs/schemas and its
 * sisters.
 */
class SchemaIT {

    private static final String PARENT = "projects/farandole";
    private static final String ONE = "syntax = \"proto3\"; message M { string a = 1; }";
    private static final String TWO =
            "syntax = \"proto3\"; message M { string a = 1; optional int32 b = 2; }";

    private final EmbeddedPubSub server = EmbeddedPubSub.start();
    private final GoogleClient client = new GoogleClient(server.endpoint());
    private final SchemaServiceBlockingStub raw = SchemaServiceGrpc.newBlockingStub(client.channel);
    private SchemaServiceClient schemas;

    @BeforeEach
    void connect() throws IOException {
        schemas =
                SchemaServiceClient.create(
                        SchemaServiceSettings.newBuilder()
                                .setTransportChannelProvider(
                                        FixedTransportChannelProvider.create(
                                                GrpcTransportChannel.create(client.channel)))
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
    }

    @AfterEach
    void stop() {
        schemas.close();
        client.close();
        server.close();
    }

    @Test
    void createsGetsListsAndDeletes() {
        Schema created = create("orders", ONE);
        assertThat(created.getName()).isEqualTo(name("orders"));
        assertThat(created.getRevisionId()).matches("[0-9a-f]{8}");
        assertThat(created.hasRevisionCreateTime()).isTrue();
        assertThat(created.getDefinition()).isEqualTo(ONE);
        assertThat(schemas.getSchema(name("orders"))).isEqualTo(created);
        Schema basic =
                schemas.getSchema(
                        GetSchemaRequest.newBuilder()
                                .setName(name("orders"))
                                .setView(SchemaView.BASIC)
                                .build());
        assertThat(basic).isEqualTo(created.toBuilder().clearDefinition().build());
        refused(Status.Code.ALREADY_EXISTS, () -> create("orders", TWO));
        Schema avro =
                schemas.createSchema(
                        ProjectName.of("farandole"),
                        Schema.newBuilder()
                                .setType(Schema.Type.AVRO)
                                .setDefinition("{\"type\":\"string\"}")
                                .build(),
                        "words");
        assertThat(schemas.listSchemas(PARENT).iterateAll())
                .containsExactly(
                        created.toBuilder().clearDefinition().build(),
                        avro.toBuilder().clearDefinition().build());
        assertThat(
                        schemas.listSchemas(
                                        ListSchemasRequest.newBuilder()
                                                .setParent(PARENT)
                                                .setView(SchemaView.FULL)
                                                .setPageSize(1)
                                                .build())
                                .iterateAll())
                .containsExactly(created, avro);
        assertThat(schemas.listSchemas("projects/other").iterateAll()).isEmpty();
        schemas.deleteSchema(name("orders"));
        refused(Status.Code.NOT_FOUND, () -> schemas.getSchema(name("orders")));
        refused(Status.Code.NOT_FOUND, () -> schemas.deleteSchema(name("orders")));
        assertThat(create("orders", TWO).getRevisionId()).isNotEqualTo(created.getRevisionId());
    }

    @Test
    void refusesBadNamesAndDefinitions() {
        for (String bad : List.of("", "ab", "1abc", "google", "a b c", "a@b@c", "x".repeat(256))) {
            invalid(
                    () ->
                            raw.createSchema(
                                    CreateSchemaRequest.newBuilder()
                                            .setParent(PARENT)
                                            .setSchemaId(bad)
                                            .setSchema(protobuf(ONE))
                                            .build()),
                    "projects/PROJECT/schemas/ID");
        }
        invalid(
                () ->
                        raw.createSchema(
                                CreateSchemaRequest.newBuilder()
                                        .setParent("nowhere")
                                        .setSchemaId("orders")
                                        .setSchema(protobuf(ONE))
                                        .build()),
                "is no project");
        invalid(() -> create("orders", ""), "empty");
        invalid(() -> create("orders", "message M { string a = 1 }"), "line 1");
        invalid(
                () -> create("orders", "//" + "x".repeat(300 * 1024) + "\n" + ONE),
                "at most 307200 are allowed");
        invalid(
                () ->
                        schemas.createSchema(
                                ProjectName.of("farandole"),
                                Schema.newBuilder().setDefinition(ONE).build(),
                                "orders"),
                "type");
        invalid(
                () -> raw.getSchema(GetSchemaRequest.newBuilder().setName("orders").build()),
                "projects/PROJECT/schemas/ID");
        assertThat(schemas.listSchemas(PARENT).iterateAll()).isEmpty();
    }

    @Test
    void commitsRollsBackAndDeletesRevisions() {
        Schema first = create("orders", ONE);
        Schema second = commit("orders", TWO);
        assertThat(second.getRevisionId()).isNotEqualTo(first.getRevisionId());
        assertThat(schemas.getSchema(name("orders"))).isEqualTo(second);
        assertThat(raw.getSchema(at("orders", first.getRevisionId()))).isEqualTo(first);
        refused(Status.Code.NOT_FOUND, () -> raw.getSchema(at("orders", "00000000")));

        Schema third =
                schemas.rollbackSchema(SchemaName.of("farandole", "orders"), first.getRevisionId());
        assertThat(third.getDefinition()).isEqualTo(ONE);
        assertThat(third.getRevisionId()).isNotIn(first.getRevisionId(), second.getRevisionId());
        refused(
                Status.Code.NOT_FOUND,
                () -> schemas.rollbackSchema(SchemaName.of("farandole", "orders"), "00000000"));
        assertThat(revisions("orders")).containsExactly(third, second, first);

        assertThat(
                        raw.deleteSchemaRevision(
                                DeleteSchemaRevisionRequest.newBuilder()
                                        .setName(name("orders") + "@" + third.getRevisionId())
                                        .build()))
                .isEqualTo(second);
        deleteOldStyle("orders", first.getRevisionId());
        assertThat(revisions("orders")).containsExactly(second);
        refused(Status.Code.NOT_FOUND, () -> raw.getSchema(at("orders", first.getRevisionId())));
        refused(
                Status.Code.FAILED_PRECONDITION,
                () -> deleteOldStyle("orders", second.getRevisionId()));
        refused(Status.Code.NOT_FOUND, () -> deleteOldStyle("orders", first.getRevisionId()));
        invalid(
                () ->
                        raw.deleteSchemaRevision(
                                DeleteSchemaRevisionRequest.newBuilder()
                                        .setName(name("orders"))
                                        .build()),
                "@REVISION");
    }

    @Test
    void refusesRevisionsThatDoNotGoWithTheOthers() {
        create("orders", ONE);
        invalid(
                () -> commit("orders", ONE.replace("string", "int32")),
                "a is int32 instead of string");
        invalid(() -> commit("orders", "nonsense"), "line 1");
        invalid(
                () ->
                        schemas.commitSchema(
                                name("orders"),
                                Schema.newBuilder()
                                        .setType(Schema.Type.AVRO)
                                        .setDefinition("{\"type\":\"string\"}")
                                        .build()),
                "PROTOCOL_BUFFER");
        invalid(
                () ->
                        raw.commitSchema(
                                CommitSchemaRequest.newBuilder()
                                        .setName(name("orders"))
                                        .setSchema(protobuf(TWO).toBuilder().setName(name("other")))
                                        .build()),
                "have to be the same");
        refused(Status.Code.NOT_FOUND, () -> commit("missing", ONE));
        assertThat(revisions("orders")).hasSize(1);
        commit("orders", TWO);
        commit("orders", ONE);
        // against every revision that there is, for a topic may allow each of them
        invalid(() -> commit("orders", TWO.replace("int32", "int64")), "b is");
    }

    /**
     * https://cloud.google.com/pubsub/quotas: at most 20 revisions, also when they come at once.
     */
    @Test
    void hasTwentyRevisionsAtMost() throws Exception {
        create("orders", ONE);
        List<String> refusals = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<CompletableFuture<Schema>> commits =
                    IntStream.range(0, 24)
                            .mapToObj(
                                    _ ->
                                            CompletableFuture.supplyAsync(
                                                    () -> commit("orders", TWO), threads))
                            .toList();
            for (CompletableFuture<Schema> commit : commits) {
                commit.handle(
                                (_, thrown) ->
                                        thrown == null
                                                || refusals.add(
                                                        Status.fromThrowable(thrown)
                                                                .getCode()
                                                                .name()))
                        .get();
            }
        }
        assertThat(refusals).hasSize(5).containsOnly("RESOURCE_EXHAUSTED");
        List<Schema> all = revisions("orders");
        assertThat(all).hasSize(20).doesNotHaveDuplicates();
        refused(
                Status.Code.RESOURCE_EXHAUSTED,
                () ->
                        schemas.rollbackSchema(
                                SchemaName.of("farandole", "orders"),
                                all.getFirst().getRevisionId()));
        deleteOldStyle("orders", all.getLast().getRevisionId());
        commit("orders", TWO);
    }

    @Test
    void listsRevisionsInPages() {
        create("orders", ONE);
        for (int i = 0; i < 4; i++) {
            commit("orders", ONE);
        }
        List<Schema> all = revisions("orders");
        ListSchemaRevisionsRequest.Builder request =
                ListSchemaRevisionsRequest.newBuilder()
                        .setName(name("orders"))
                        .setView(SchemaView.FULL)
                        .setPageSize(2);
        List<Schema> paged = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        ListSchemaRevisionsResponse page;
        do {
            page = raw.listSchemaRevisions(request.build());
            paged.addAll(page.getSchemasList());
            sizes.add(page.getSchemasCount());
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
        assertThat(paged).containsExactlyElementsOf(all);
        assertThat(sizes).containsExactly(2, 2, 1);
        invalid(() -> raw.listSchemaRevisions(request.setPageToken("junk").build()), "page_token");
        assertThat(
                        raw.listSchemaRevisions(
                                        ListSchemaRevisionsRequest.newBuilder()
                                                .setName(name("orders"))
                                                .build())
                                .getSchemasList())
                .hasSize(5)
                .allMatch(schema -> schema.getDefinition().isEmpty());
    }

    @Test
    void validatesSchemasAndMessages() {
        var _ = schemas.validateSchema(PARENT, protobuf(ONE));
        invalid(() -> schemas.validateSchema(PARENT, protobuf("message")), "line 1");
        Schema first = create("orders", ONE);
        commit("orders", TWO);
        ValidateMessageRequest.Builder request =
                ValidateMessageRequest.newBuilder()
                        .setParent(PARENT)
                        .setName(name("orders"))
                        .setEncoding(Encoding.JSON)
                        .setMessage(ByteString.copyFromUtf8("{\"b\":1}"));
        var _ = raw.validateMessage(request.build());
        invalid(
                () ->
                        raw.validateMessage(
                                request.clone()
                                        .setName(name("orders") + "@" + first.getRevisionId())
                                        .build()),
                "$.b");
        invalid(() -> raw.validateMessage(request.clone().setSchema(protobuf(ONE)).build()), "$.b");
        invalid(
                () -> raw.validateMessage(request.clone().setEncoding(Encoding.BINARY).build()),
                "Message failed schema validation");
        invalid(() -> raw.validateMessage(request.clone().clearEncoding().build()), "encoding");
        invalid(
                () -> raw.validateMessage(request.clone().clearName().build()),
                "name, or a schema");
        refused(
                Status.Code.NOT_FOUND,
                () -> raw.validateMessage(request.clone().setName(name("missing")).build()));
        invalid(
                () ->
                        raw.validateSchema(
                                ValidateSchemaRequest.newBuilder()
                                        .setParent("x")
                                        .setSchema(protobuf(ONE))
                                        .build()),
                "is no project");
    }

    private static GetSchemaRequest at(String id, String revision) {
        return GetSchemaRequest.newBuilder().setName(name(id) + "@" + revision).build();
    }

    private Schema create(String id, String definition) {
        return schemas.createSchema(ProjectName.of("farandole"), protobuf(definition), id);
    }

    private Schema commit(String id, String definition) {
        return schemas.commitSchema(
                name(id), protobuf(definition).toBuilder().setName(name(id)).build());
    }

    private void deleteOldStyle(String id, String revision) {
        var _ = schemas.deleteSchemaRevision(SchemaName.of("farandole", id), revision);
    }

    private List<Schema> revisions(String id) {
        List<Schema> all = new ArrayList<>();
        schemas.listSchemaRevisions(
                        ListSchemaRevisionsRequest.newBuilder()
                                .setName(name(id))
                                .setView(SchemaView.FULL)
                                .build())
                .iterateAll()
                .forEach(all::add);
        return all;
    }

    static String name(String id) {
        return PARENT + "/schemas/" + id;
    }

    static Schema protobuf(String definition) {
        return Schema.newBuilder()
                .setType(Schema.Type.PROTOCOL_BUFFER)
                .setDefinition(definition)
                .build();
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
