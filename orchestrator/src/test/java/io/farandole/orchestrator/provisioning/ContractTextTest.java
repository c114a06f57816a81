package io.farandole.orchestrator.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.Schema;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.contract.PublishedContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractTextTest {

    private static final Path LOCK =
            Path.of("..", "events-schema", "src", "main", "proto", "fields.lock");

    private static final String STALLS =
            """
            // The events of the topic stalls.

            syntax = "proto3";

            message Stalls {
              optional Opened opened = 1; // io.farandole.stalls.opened.v1

              message Opened {
                optional string stall = 1; // required
                optional string day = 2; // required; a date, 2026-11-22
                optional int32 chairs = 3;
                repeated string wares = 4;
              }
            }
            """;

    private static final String CHAIRS = "optional int32 chairs = 3;";

    @Test
    void hasOfEveryContractWhatTheLockHas() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Topic<?> topic : TopicCatalogue.all()) {
            read(PublishedContract.of(topic))
                    .messages()
                    .forEach(
                            (message, told) ->
                                    told.fields()
                                            .forEach(
                                                    field ->
                                                            lines.add(
                                                                    message + " " + field.line())));
        }

        assertThat(Files.readAllLines(LOCK))
                .filteredOn(line -> !line.startsWith("#") && !line.endsWith(" removed"))
                .containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void kindsAndMembersThatMayBeAbsentAreAdded() {
        grows(CHAIRS, CHAIRS + " optional double rent = 5;");
        grows(CHAIRS, CHAIRS + " repeated int32 hours = 5;");
        grows(CHAIRS, CHAIRS + " optional string until = 5; // a date, 2026-11-22\n");
        grows(
                "message Opened {",
                """
                optional Closed closed = 2;
                message Closed {
                  optional string stall = 1; // required
                }
                message Opened {""");
    }

    @Test
    void membersThatMayBeAbsentAreTakenOut() {
        grows(CHAIRS, "reserved 3; reserved \"chairs\";");
        grows("repeated string wares = 4;", "reserved 4;\nreserved \"wares\";");

        refused(CHAIRS, "", "Stalls.Opened.chairs is gone");
        refused(CHAIRS, "reserved 3;", "Stalls.Opened.chairs is gone");
        refused(
                "optional string stall = 1; // required",
                "reserved 1; reserved \"stall\";",
                "Stalls.Opened.stall is gone");
        refused(
                "optional Opened opened = 1;",
                "reserved 1; reserved \"opened\";",
                "Stalls.opened is gone");
    }

    @Test
    void whatWasTakenOutDoesNotComeBack() {
        String without = STALLS.replace(CHAIRS, "reserved 3; reserved \"chairs\";");

        assertThat(read(without).brokenBy(read(STALLS)))
                .containsExactly("Stalls.Opened no longer reserves what was taken out");
    }

    @Test
    void nothingElseChanges() {
        refused(
                CHAIRS,
                "optional int32 seats = 3;",
                "Stalls.Opened has \"3 seats int32 optional\" for \"3 chairs int32 optional\"");
        refused(
                CHAIRS,
                "optional int32 chairs = 5;",
                "Stalls.Opened has \"5 chairs int32 optional\" for \"3 chairs int32 optional\"");
        refused(
                CHAIRS,
                "optional double chairs = 3;",
                "Stalls.Opened has \"3 chairs double optional\" for \"3 chairs int32 optional\"");
        refused(
                CHAIRS,
                "repeated int32 chairs = 3;",
                "Stalls.Opened has \"3 chairs int32 repeated\" for \"3 chairs int32 optional\"");
        refused(
                CHAIRS,
                CHAIRS + " // required",
                "Stalls.Opened has \"3 chairs int32 required\" for \"3 chairs int32 optional\"");
        refused(
                "stall = 1; // required",
                "stall = 1;",
                "Stalls.Opened has \"1 stall string optional\" for \"1 stall string required\"");
        refused(
                CHAIRS,
                CHAIRS + " optional string town = 5; // required\n",
                "Stalls.Opened.town is new and required");
        refused("message Stalls {", "message Booths {", "Stalls is gone", "Stalls.Opened is gone");
    }

    /** Each has what the other lacks: neither is the later one. */
    @Test
    void twoThatGrewApartDoNotGoTogether() {
        ContractText one = read(STALLS.replace(CHAIRS, CHAIRS + " optional double rent = 5;"));
        ContractText other =
                read(
                        STALLS.replace(
                                "message Opened {",
                                "optional Closed closed = 2; message Closed {} message Opened {"));

        assertThat(one.brokenBy(other)).isNotEmpty();
        assertThat(other.brokenBy(one)).isNotEmpty();
    }

    @Test
    void commentsAndSpacesSayNothing() {
        String other = STALLS.replace("of the topic", "of a topic").replace("  ", "\t");

        assertThat(read(STALLS).brokenBy(read(other))).isEmpty();
        assertThat(read(other).brokenBy(read(STALLS))).isEmpty();
    }

    @Test
    void whatNoContractHasIsNone() {
        none("message Stalls {", "enum Day { MONDAY = 0; } message Stalls {");
        none(CHAIRS, "int32 chairs = 3;");
        none(CHAIRS, "oneof seats { int32 chairs = 3; }");
        none(CHAIRS, "optional int32 chairs = 3 [json_name = \"c\"];");
        none(CHAIRS, CHAIRS + " enum Day { MONDAY = 0; }");
        none(CHAIRS, "optional");
        assertThat(
                        ContractText.of(
                                Schema.newBuilder()
                                        .setType(Schema.Type.AVRO)
                                        .setDefinition(STALLS)
                                        .build()))
                .isEmpty();
    }

    private static void none(String what, String instead) {
        assertThat(ContractText.of(STALLS.replace(what, instead))).as(instead).isEmpty();
    }

    /** From the one to the other, and not back. */
    private static void grows(String what, String instead) {
        ContractText before = read(STALLS);
        ContractText after = read(STALLS.replace(what, instead));
        assertThat(before.brokenBy(after)).as(instead).isEmpty();
        assertThat(after.brokenBy(before)).as(instead).isNotEmpty();
    }

    private static void refused(String what, String instead, String... says) {
        assertThat(read(STALLS).brokenBy(read(STALLS.replace(what, instead))))
                .as(instead)
                .containsExactly(says);
    }

    private static ContractText read(String text) {
        return ContractText.of(text).orElseThrow();
    }
}
