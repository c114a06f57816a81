package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaSettings;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.grpc.Status.Code;

/** Topics with a schema. */
final class SchemaTopicCases {

    private static final String GOOD = "{\"title\": \"Ran\", \"year\": 1985}";
    private static final String BAD = "{\"title\": 1985}";

    @Rule(
            value = "what fits the schema is published, what does not is INVALID_ARGUMENT",
            at = Page.SCHEMAS)
    void avroTopicTakesWhatFits(World w) {
        filmsOf(w, SchemaCases.avro(SchemaCases.AVRO), Encoding.JSON);
        w.publish("news", GOOD);
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.publish("news", BAD));
        w.drains("first", GOOD);
    }

    @Rule(value = "Protobuf schemas are enforced likewise", at = Page.SCHEMAS)
    void protobufTopicTakesWhatFits(World w) {
        filmsOf(w, SchemaCases.proto(SchemaCases.PROTO), Encoding.JSON);
        w.publish("news", GOOD);
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.publish("news", "{\"year\": \"nineteen\"}"));
        w.drains("first", GOOD);
    }

    @Rule(
            value = "a topic with BINARY encoding takes that, and no JSON",
            at = Page.ASSOCIATE_SCHEMA)
    void encodingIsTheTopics(World w) {
        filmsOf(w, SchemaCases.avro(SchemaCases.AVRO), Encoding.BINARY);
        String binary = "\u0006Ran\u0002";
        w.publish("news", binary);
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.publish("news", GOOD));
        w.drains("first", binary);
    }

    @Rule(
            value = "one message that does not fit fails the whole request",
            at = Page.ASSOCIATE_SCHEMA)
    void misfitFailsTheRequest(World w) {
        filmsOf(w, SchemaCases.avro(SchemaCases.AVRO), Encoding.JSON);
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> w.publish("news", World.message(GOOD), World.message(BAD)));
        w.nothing("first");
    }

    @Rule(
            value = "attributes tell encoding, schema and revision to the subscriber",
            at = Page.SCHEMAS)
    void attributesTellTheSchema(World w) {
        Schema schema = filmsOf(w, SchemaCases.avro(SchemaCases.AVRO), Encoding.JSON);
        w.publish(
                "news",
                PubsubMessage.newBuilder()
                        .setData(ByteString.copyFromUtf8(GOOD))
                        .putAttributes("own", "x")
                        .build());
        assertThat(w.pullOne("first").getMessage().getAttributesMap())
                .containsEntry("googclient_schemaencoding", "JSON")
                .containsEntry("googclient_schemaname", schema.getName())
                .containsEntry("googclient_schemarevisionid", schema.getRevisionId())
                .containsEntry("own", "x");
    }

    @Rule(value = "a topic's schema has to exist", at = Page.ASSOCIATE_SCHEMA)
    void topicsSchemaHasToExist(World w) {
        Answers.refused(
                Code.NOT_FOUND,
                () ->
                        w.topic(
                                "news",
                                topic ->
                                        topic.setSchemaSettings(
                                                settings(w, Encoding.JSON).build())));
    }

    @Rule(value = "messages of a later revision fit, too", at = Page.COMMIT_SCHEMA)
    void laterRevisionsFit(World w) {
        filmsOf(w, SchemaCases.avro(SchemaCases.AVRO), Encoding.JSON);
        String wider = GOOD.replace("}", ", \"director\": \"K\"}");
        Schema second =
                SchemaCases.commit(
                        w, "film", SchemaCases.avro(RevisionCases.withField("director", "\"\"")));
        w.publish("news", wider);
        PubsubMessage received = w.pullOne("first").getMessage();
        assertThat(received.getAttributesMap())
                .containsEntry("googclient_schemarevisionid", second.getRevisionId());
    }

    @Rule(value = "first and last revision bound what is taken", at = Page.ASSOCIATE_SCHEMA)
    void revisionsAreBounded(World w) {
        Schema first = SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        w.topic(
                "news",
                topic ->
                        topic.setSchemaSettings(
                                settings(w, Encoding.JSON)
                                        .setFirstRevisionId(first.getRevisionId())
                                        .setLastRevisionId(first.getRevisionId())));
        w.subscription("first", "news");
        SchemaCases.commit(
                w, "film", SchemaCases.avro(RevisionCases.withField("director", "\"\"")));
        w.publish("news", GOOD);
        assertThat(w.pullOne("first").getMessage().getAttributesMap())
                .containsEntry("googclient_schemarevisionid", first.getRevisionId());
        Answers.refused(
                Code.INVALID_ARGUMENT, () -> w.publish("news", GOOD.replace("year", "jahr")));
    }

    @Rule(
            value = "a topic whose schema was deleted says `_deleted-schema_`, and takes nothing",
            at = Page.RPC)
    void deletedSchemaStopsTheTopic(World w) {
        filmsOf(w, SchemaCases.avro(SchemaCases.AVRO), Encoding.JSON);
        SchemaCases.delete(w, "film");
        Topic topic =
                w.publisher()
                        .getTopic(
                                GetTopicRequest.newBuilder().setTopic(w.topicName("news")).build());
        assertThat(topic.getSchemaSettings().getSchema()).isEqualTo("_deleted-schema_");
        assertThat(Answers.statusOf(() -> w.publish("news", GOOD)).getCode())
                .isIn(Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION, Code.NOT_FOUND);
    }

    @Rule(value = "a topic can be given a schema, and rid of it", at = Page.ASSOCIATE_SCHEMA)
    void topicsSchemaCanBeChanged(World w) {
        w.newsAndFirst();
        SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        update(w, Topic.newBuilder().setSchemaSettings(settings(w, Encoding.JSON)));
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.publish("news", BAD));
        update(w, Topic.newBuilder());
        w.publish("news", BAD);
        w.drains("first", BAD);
    }

    @Rule(value = "an empty message does not fit a schema of required fields", at = Page.SCHEMAS)
    void attributesAloneDoNotFit(World w) {
        filmsOf(w, SchemaCases.avro(SchemaCases.AVRO), Encoding.JSON);
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        w.publish(
                                "news",
                                PubsubMessage.newBuilder().putAttributes("a", "b").build()));
    }

    private static Schema filmsOf(World w, Schema schema, Encoding encoding) {
        Schema created = SchemaCases.create(w, "film", schema);
        w.topic("news", topic -> topic.setSchemaSettings(settings(w, encoding)));
        w.subscription("first", "news");
        return created;
    }

    private static SchemaSettings.Builder settings(World w, Encoding encoding) {
        return SchemaSettings.newBuilder().setSchema(w.schemaName("film")).setEncoding(encoding);
    }

    private static void update(World w, Topic.Builder wanted) {
        var _ =
                w.publisher()
                        .updateTopic(
                                UpdateTopicRequest.newBuilder()
                                        .setTopic(wanted.setName(w.topicName("news")))
                                        .setUpdateMask(
                                                FieldMask.newBuilder().addPaths("schema_settings"))
                                        .build());
    }
}
