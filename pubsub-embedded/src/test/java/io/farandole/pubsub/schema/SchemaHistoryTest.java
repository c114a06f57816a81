package io.farandole.pubsub.schema;

import static io.farandole.pubsub.schema.ProtobufDefinitionTest.proto;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaSettings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** https://cloud.google.com/pubsub/docs/associate-schema-topic and delete-schema-revision. */
class SchemaHistoryTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Schema SCHEMA =
            Schema.newBuilder()
                    .setName("projects/p/schemas/orders")
                    .setType(Schema.Type.PROTOCOL_BUFFER)
                    .setDefinition("message M { optional string a = 1; }")
                    .build();

    private SchemaHistory history =
            SchemaHistory.begin(SCHEMA, NOW).with(SCHEMA, NOW).with(SCHEMA, NOW).with(SCHEMA, NOW);

    private String id(int age) {
        return ids.get(age);
    }

    private final List<String> ids =
            history.newestFirst().reversed().stream().map(Schema::getRevisionId).toList();

    private List<String> allowed(String first, String last) {
        return history
                .allowed(
                        SchemaSettings.newBuilder()
                                .setFirstRevisionId(first)
                                .setLastRevisionId(last)
                                .build())
                .stream()
                .map(SchemaRevision::id)
                .toList();
    }

    @Test
    void allowsARangeFromTheNewestToTheOldest() {
        assertThat(allowed("", "")).containsExactly(id(3), id(2), id(1), id(0));
        assertThat(allowed(id(1), "")).containsExactly(id(3), id(2), id(1));
        assertThat(allowed("", id(1))).containsExactly(id(1), id(0));
        assertThat(allowed(id(1), id(2))).containsExactly(id(2), id(1));
        assertThat(allowed(id(2), id(2))).containsExactly(id(2));
        assertThat(allowed(id(2), id(1))).isEmpty();
        assertThat(allowed("00000000", "")).isEmpty();
        assertThat(allowed("", "00000000")).isEmpty();
    }

    @Test
    void remembersWhereDeletedRevisionsStood() {
        history = SchemaHistory.of(history.without(id(0)).without(id(2)).toBytes());
        assertThat(allowed(id(0), id(2))).containsExactly(id(1));
        assertThat(allowed(id(2), id(2))).isEmpty();
        assertThat(history.revision(id(2))).isEmpty();
        assertThat(history.newestFirst())
                .extracting(Schema::getRevisionId)
                .containsExactly(id(3), id(1));
        assertThat(history.latest().getRevisionId()).isEqualTo(id(3));
    }

    @Test
    void isReadAsItWasWritten() {
        SchemaHistory read = SchemaHistory.of(history.toBytes());
        assertThat(read.newestFirst()).isEqualTo(history.newestFirst());
        assertThat(read.toBytes()).isEqualTo(history.toBytes());
        assertThat(read.name()).isEqualTo(SCHEMA.getName());
    }

    /** A clock that stands, or goes back, changes nothing of the order. */
    @Test
    void everyRevisionIsLaterThanTheOneBefore() {
        List<Schema> all = history.with(SCHEMA, NOW.minusSeconds(60)).newestFirst().reversed();
        assertThat(all)
                .extracting(one -> Timestamps.toNanos(one.getRevisionCreateTime()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherRevisionHasToGoWithAllThatAreLeft() {
        Schema more =
                SCHEMA.toBuilder().setDefinition("message M { optional int32 b = 2; }").build();
        history = history.with(more, NOW);
        String newest = history.latest().getRevisionId();
        SchemaDefinition other = proto("message M { optional int64 b = 2; }");
        assertThat(history.conflict(other))
                .hasValueSatisfying(
                        said -> assertThat(said).contains(newest, "b is optional int64"));
        assertThat(history.without(newest).conflict(other)).isEmpty();
    }
}
