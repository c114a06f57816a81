package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.CommitSchemaRequest;
import com.google.pubsub.v1.CreateSchemaRequest;
import com.google.pubsub.v1.DeleteSchemaRequest;
import com.google.pubsub.v1.GetSchemaRequest;
import com.google.pubsub.v1.ListSchemasRequest;
import com.google.pubsub.v1.ListSchemasResponse;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaView;
import com.google.pubsub.v1.ValidateSchemaRequest;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;

/** SchemaService, save revisions. */
final class SchemaCases {

    static final String AVRO =
            """
            {"type": "record", "name": "Film", "fields": [
              {"name": "title", "type": "string"},
              {"name": "year", "type": "int"}]}
            """;
    static final String PROTO =
            """
            syntax = "proto3";
            message Film {
              string title = 1;
              int32 year = 2;
            }
            """;

    @Rule(
            value = "an Avro schema is created, with a revision id of 8 hexadecimal digits",
            at = Page.CREATE_SCHEMA)
    void avroSchemaIsCreated(World w) {
        created(w, avro(AVRO));
    }

    @Rule(value = "a Protobuf schema likewise", at = Page.CREATE_SCHEMA)
    void protobufSchemaIsCreated(World w) {
        created(w, proto(PROTO));
    }

    @Rule(value = "a schema that exists already is ALREADY_EXISTS", at = Page.ERRORS)
    void schemaExistsAlready(World w) {
        create(w, "film", avro(AVRO));
        Answers.refused(Code.ALREADY_EXISTS, () -> create(w, "film", avro(AVRO)));
    }

    @Rule(value = "a schema that is not there is NOT_FOUND", at = Page.ERRORS)
    void missingSchemaIsNotFound(World w) {
        Answers.refused(Code.NOT_FOUND, () -> get(w, "film", SchemaView.FULL));
        Answers.refused(Code.NOT_FOUND, () -> delete(w, "film"));
    }

    @Rule(value = "an Avro definition that is none is INVALID_ARGUMENT", at = Page.CREATE_SCHEMA)
    void badAvroIsRefused(World w) {
        Answers.refused(Code.INVALID_ARGUMENT, () -> create(w, "bad", avro("{\"type\": \"no\"}")));
        Answers.refused(Code.INVALID_ARGUMENT, () -> create(w, "bad", avro("")));
    }

    @Rule(value = "a Protobuf definition that is none is INVALID_ARGUMENT", at = Page.CREATE_SCHEMA)
    void badProtobufIsRefused(World w) {
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> create(w, "bad", proto("syntax = \"proto3\"; message { }")));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> create(w, "bad", proto("syntax = \"proto3\"; message A { B b = 1; }")));
    }

    @Rule(value = "a definition has one top-level type, and imports nothing", at = Page.SCHEMAS)
    void definitionStandsAlone(World w) {
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> create(w, "bad", proto(PROTO + "message Second { int32 a = 1; }")));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        create(
                                w,
                                "bad",
                                proto(
                                        PROTO.replace(
                                                "message",
                                                "import \"google/protobuf/any.proto\"; message"))));
    }

    @Rule(value = "a schema's name keeps the rules for names", at = Page.BASICS)
    void schemaNameKeepsTheRules(World w) {
        for (String bad : List.of("ab", "1abc", "google")) {
            Answers.refused(Code.INVALID_ARGUMENT, () -> create(w, bad, avro(AVRO)));
        }
    }

    @Rule(value = "a definition has 300 KB at most", at = Page.QUOTAS)
    void definitionHasALimit(World w) {
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        create(
                                w,
                                "bad",
                                avro(
                                        AVRO.replace(
                                                "Film\"",
                                                "Film\", \"doc\": \""
                                                        + "x".repeat(310_000)
                                                        + "\""))));
    }

    @Rule(value = "GetSchema answers all, with view BASIC no definition", at = Page.RPC)
    void viewSaysWhatIsAnswered(World w) {
        Schema created = create(w, "film", avro(AVRO));
        assertThat(get(w, "film", SchemaView.SCHEMA_VIEW_UNSPECIFIED).getDefinition())
                .isEqualTo(AVRO);
        assertThat(get(w, "film", SchemaView.FULL)).isEqualTo(created);
        Schema basic = get(w, "film", SchemaView.BASIC);
        assertThat(basic.getDefinition()).isEmpty();
        assertThat(basic.getType()).isEqualTo(Schema.Type.AVRO);
    }

    @Rule(
            value = "ListSchemas lists those of its project, in pages, without definitions",
            at = Page.RPC)
    void schemasAreListed(World w) {
        for (String id : List.of("one", "two", "three")) {
            create(w, id, avro(AVRO));
        }
        ListSchemasResponse start = list(w, "");
        assertThat(start.getSchemasCount()).isEqualTo(2);
        List<Schema> all = new ArrayList<>(start.getSchemasList());
        all.addAll(list(w, start.getNextPageToken()).getSchemasList());
        assertThat(all)
                .extracting(Schema::getName)
                .containsExactlyInAnyOrder(
                        w.schemaName("one"), w.schemaName("two"), w.schemaName("three"));
        assertThat(all).allMatch(schema -> schema.getDefinition().isEmpty());
    }

    @Rule(value = "a deleted schema is gone, with its revisions", at = Page.RPC)
    void deletedSchemaIsGone(World w) {
        create(w, "film", avro(AVRO));
        delete(w, "film");
        Answers.refused(Code.NOT_FOUND, () -> get(w, "film", SchemaView.FULL));
        create(w, "film", avro(AVRO));
    }

    @Rule(
            value = "ValidateSchema says whether a definition is one, and keeps nothing",
            at = Page.RPC)
    void schemaIsValidated(World w) {
        validate(w, avro(AVRO));
        Answers.refused(Code.INVALID_ARGUMENT, () -> validate(w, avro("{}")));
        assertThat(list(w, "").getSchemasList()).isEmpty();
    }

    private static void created(World w, Schema wanted) {
        Schema created = create(w, "film", wanted);
        assertThat(created.getName()).isEqualTo(w.schemaName("film"));
        assertThat(created.getType()).isEqualTo(wanted.getType());
        assertThat(created.getDefinition()).isEqualTo(wanted.getDefinition());
        assertThat(created.getRevisionId()).matches("[0-9a-f]{8}");
        assertThat(created.hasRevisionCreateTime()).isTrue();
    }

    static Schema avro(String definition) {
        return Schema.newBuilder().setType(Schema.Type.AVRO).setDefinition(definition).build();
    }

    static Schema proto(String definition) {
        return Schema.newBuilder()
                .setType(Schema.Type.PROTOCOL_BUFFER)
                .setDefinition(definition)
                .build();
    }

    static Schema create(World w, String id, Schema schema) {
        return w.schemas()
                .createSchema(
                        CreateSchemaRequest.newBuilder()
                                .setParent(w.project())
                                .setSchemaId(id)
                                .setSchema(schema)
                                .build());
    }

    static Schema commit(World w, String id, Schema schema) {
        return w.schemas()
                .commitSchema(
                        CommitSchemaRequest.newBuilder()
                                .setName(w.schemaName(id))
                                .setSchema(schema.toBuilder().setName(w.schemaName(id)))
                                .build());
    }

    static Schema get(World w, String id, SchemaView view) {
        return w.schemas()
                .getSchema(
                        GetSchemaRequest.newBuilder()
                                .setName(w.schemaName(id))
                                .setView(view)
                                .build());
    }

    static void delete(World w, String id) {
        var _ =
                w.schemas()
                        .deleteSchema(
                                DeleteSchemaRequest.newBuilder().setName(w.schemaName(id)).build());
    }

    private static ListSchemasResponse list(World w, String token) {
        return w.schemas()
                .listSchemas(
                        ListSchemasRequest.newBuilder()
                                .setParent(w.project())
                                .setPageSize(2)
                                .setPageToken(token)
                                .build());
    }

    private static void validate(World w, Schema schema) {
        var _ =
                w.schemas()
                        .validateSchema(
                                ValidateSchemaRequest.newBuilder()
                                        .setParent(w.project())
                                        .setSchema(
                                                schema.toBuilder().setName(w.schemaName("trial")))
                                        .build());
    }
}
