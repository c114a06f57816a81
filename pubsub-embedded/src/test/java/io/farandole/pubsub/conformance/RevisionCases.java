package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.DeleteSchemaRevisionRequest;
import com.google.pubsub.v1.ListSchemaRevisionsRequest;
import com.google.pubsub.v1.RollbackSchemaRequest;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaView;
import io.grpc.Status.Code;
import java.util.List;

/** Revisions of schemas. */
final class RevisionCases {

    private static final String WIDER =
            SchemaCases.PROTO.replace("int32 year = 2;", "int32 year = 2; string director = 3;");

    @Rule(
            value = "a commit makes a new revision, which is then the schema's",
            at = Page.COMMIT_SCHEMA)
    void commitMakesARevision(World w) {
        Schema first = SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        Schema second =
                SchemaCases.commit(w, "film", SchemaCases.avro(withField("director", "\"\"")));
        assertThat(second.getRevisionId())
                .matches("[0-9a-f]{8}")
                .isNotEqualTo(first.getRevisionId());
        assertThat(SchemaCases.get(w, "film", SchemaView.FULL)).isEqualTo(second);
    }

    @Rule(value = "an earlier revision is read as NAME@REVISION", at = Page.RPC)
    void revisionIsReadByItsId(World w) {
        Schema first = SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        SchemaCases.commit(w, "film", SchemaCases.avro(withField("director", "\"\"")));
        Schema read = SchemaCases.get(w, "film@" + first.getRevisionId(), SchemaView.FULL);
        assertThat(read.getDefinition()).isEqualTo(SchemaCases.AVRO);
        assertThat(read.getRevisionId()).isEqualTo(first.getRevisionId());
        Answers.refused(Code.NOT_FOUND, () -> SchemaCases.get(w, "film@00000000", SchemaView.FULL));
    }

    @Rule(value = "all revisions are listed", at = Page.SCHEMAS)
    void revisionsAreListed(World w) {
        Schema first = SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        Schema second =
                SchemaCases.commit(w, "film", SchemaCases.avro(withField("director", "\"\"")));
        assertThat(revisions(w))
                .extracting(Schema::getRevisionId)
                .containsExactlyInAnyOrder(first.getRevisionId(), second.getRevisionId());
    }

    @Rule(value = "Avro: a field may be added if it is optional", at = Page.COMMIT_SCHEMA)
    void avroFieldsAreAddedWithDefaults(World w) {
        SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        SchemaCases.commit(w, "film", SchemaCases.avro(withField("director", "\"\"")));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> SchemaCases.commit(w, "film", SchemaCases.avro(withField("studio", null))));
    }

    @Rule(value = "Avro: what is required may not be removed", at = Page.COMMIT_SCHEMA)
    void avroFieldsStay(World w) {
        SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        String without =
                "{\"type\": \"record\", \"name\": \"Film\", \"fields\": [{\"name\": \"title\", \"type\": \"string\"}]}";
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> SchemaCases.commit(w, "film", SchemaCases.avro(without)));
    }

    @Rule(value = "Protobuf: optional fields may be added and removed", at = Page.COMMIT_SCHEMA)
    void protobufFieldsComeAndGo(World w) {
        SchemaCases.create(w, "film", SchemaCases.proto(SchemaCases.PROTO));
        SchemaCases.commit(w, "film", SchemaCases.proto(WIDER));
        SchemaCases.commit(w, "film", SchemaCases.proto(SchemaCases.PROTO));
        assertThat(revisions(w)).hasSize(3);
    }

    @Rule(value = "Protobuf: a field's type may not be changed", at = Page.COMMIT_SCHEMA)
    void protobufTypesStay(World w) {
        SchemaCases.create(w, "film", SchemaCases.proto(SchemaCases.PROTO));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        SchemaCases.commit(
                                w,
                                "film",
                                SchemaCases.proto(
                                        SchemaCases.PROTO.replace("int32 year", "string year"))));
    }

    @Rule(value = "a schema's type may not be changed", at = Page.COMMIT_SCHEMA)
    void schemaTypeStays(World w) {
        SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> SchemaCases.commit(w, "film", SchemaCases.proto(SchemaCases.PROTO)));
    }

    @Rule(value = "a rollback makes a new revision, a copy of the one it names", at = Page.RPC)
    void rollbackCopies(World w) {
        Schema first = SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        SchemaCases.commit(w, "film", SchemaCases.avro(withField("director", "\"\"")));
        Schema back = rollback(w, first.getRevisionId());
        assertThat(back.getDefinition()).isEqualTo(SchemaCases.AVRO);
        assertThat(revisions(w)).hasSize(3);
        Answers.refused(Code.NOT_FOUND, () -> rollback(w, "00000000"));
    }

    @Rule(value = "a revision can be deleted", at = Page.RPC)
    void revisionCanBeDeleted(World w) {
        Schema first = SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        Schema second =
                SchemaCases.commit(w, "film", SchemaCases.avro(withField("director", "\"\"")));
        delete(w, first.getRevisionId());
        assertThat(revisions(w))
                .extracting(Schema::getRevisionId)
                .containsExactly(second.getRevisionId());
    }

    @Rule(value = "the only revision cannot be deleted", at = Page.SCHEMAS)
    void onlyRevisionStays(World w) {
        Schema only = SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        Answers.refusedAsOneOf(
                List.of(Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION),
                () -> delete(w, only.getRevisionId()));
    }

    @Rule(value = "a schema has 20 revisions at most", at = Page.SCHEMAS)
    void twentyRevisions(World w) {
        SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        for (int i = 1; i < 20; i++) {
            SchemaCases.commit(w, "film", SchemaCases.avro(SchemaCases.AVRO + " ".repeat(i)));
        }
        Answers.refusedAsOneOf(
                List.of(Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION, Code.RESOURCE_EXHAUSTED),
                () -> SchemaCases.commit(w, "film", SchemaCases.avro(SchemaCases.AVRO)));
    }

    static String withField(String name, @org.jspecify.annotations.Nullable String defaultValue) {
        String field =
                ", {\"name\": \"%s\", \"type\": \"string\"%s}"
                        .formatted(
                                name, defaultValue == null ? "" : ", \"default\": " + defaultValue);
        return SchemaCases.AVRO.replace("]}", field + "]}");
    }

    private static List<Schema> revisions(World w) {
        return w.schemas()
                .listSchemaRevisions(
                        ListSchemaRevisionsRequest.newBuilder()
                                .setName(w.schemaName("film"))
                                .build())
                .getSchemasList();
    }

    private static Schema rollback(World w, String revision) {
        return w.schemas()
                .rollbackSchema(
                        RollbackSchemaRequest.newBuilder()
                                .setName(w.schemaName("film"))
                                .setRevisionId(revision)
                                .build());
    }

    private static void delete(World w, String revision) {
        var _ =
                w.schemas()
                        .deleteSchemaRevision(
                                DeleteSchemaRevisionRequest.newBuilder()
                                        .setName(w.schemaName("film@" + revision))
                                        .build());
    }
}
