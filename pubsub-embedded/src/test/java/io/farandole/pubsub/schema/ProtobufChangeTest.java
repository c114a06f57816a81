package io.farandole.pubsub.schema;

import static io.farandole.pubsub.schema.ProtobufDefinitionTest.ORDER;
import static io.farandole.pubsub.schema.ProtobufDefinitionTest.proto;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * https://cloud.google.com/pubsub/docs/commit-schema-revision: optional fields may be added and
 * removed, other fields may not, no field may be edited.
 */
class ProtobufChangeTest {

    private static @Nullable String conflict(String earlier, String later) {
        return proto(later).conflictWith(proto(earlier)).orElse(null);
    }

    private static void allowed(String what, String instead) {
        assertThat(conflict(ORDER, ORDER.replace(what, instead))).as(instead).isNull();
        assertThat(conflict(ORDER.replace(what, instead), ORDER)).as(instead).isNull();
    }

    private static void refused(String what, String instead, String says) {
        assertThat(ORDER).contains(what);
        assertThat(conflict(ORDER, ORDER.replace(what, instead))).as(instead).contains(says);
    }

    @Test
    void optionalFieldsComeAndGo() {
        allowed("bytes stamp = 7;", "");
        allowed("bytes stamp = 7;", "bytes stamp = 7; optional double price = 8; int32 tax = 9;");
        allowed("optional int32 count = 2;", "");
        allowed("string item = 1;", "string item = 1; optional Order of = 3;");
        allowed("int64 cash = 5;", "int64 cash = 5; string cheque = 8;");
        allowed("message Order {", "message Order { message Unused { int32 x = 1; }");
    }

    @Test
    void othersDoNot() {
        refused(
                "bytes stamp = 7;",
                "bytes stamp = 7; repeated string notes = 8;",
                "notes is added");
        refused("bytes stamp = 7;", "bytes stamp = 7; map<string, string> m = 8;", "m is added");
        refused("repeated Line lines = 1;", "", "lines is removed");
        refused("map<string, Line> by_code = 2;", "", "by_code is removed");
        String old = ProtobufDefinitionTest.OLD;
        assertThat(conflict(old, old.replace("required string name = 1;", "")))
                .contains("name is removed");
        assertThat(conflict(old.replace("required string name = 1;", ""), old))
                .contains("name is added");
    }

    @Test
    void noFieldIsEdited() {
        refused("bytes stamp = 7", "string stamp = 7", "stamp is string instead of bytes");
        refused("bytes stamp = 7", "bytes stamp = 8", "stamp has the number 8 instead of 7");
        refused("bytes stamp = 7", "bytes seal = 7", "number 7 is seal instead of stamp");
        refused("bytes stamp = 7", "optional bytes stamp = 7", "optional bytes instead of bytes");
        refused("bytes stamp = 7", "repeated bytes stamp = 7", "repeated bytes instead of bytes");
        refused("optional int32 count", "optional int64 count", "Line.count");
        refused("<string, Line>", "<int32, Line>", "by_code");
        refused("<string, Line>", "<string, string>", "by_code");
        refused("oneof payment {", "oneof paid {", "card");
    }

    @Test
    void enumsGrow() {
        assertThat(conflict(ORDER, ORDER.replace("SHIPPED = 1;", "SHIPPED = 1; LOST = 2;")))
                .isNull();
        refused("SHIPPED = 1;", "", "SHIPPED of the enum State is removed");
        refused("SHIPPED = 1;", "SHIPPED = 2;", "SHIPPED of the enum State is numbered 2");
    }

    @Test
    void namesOfMessageAndPackageMayChange() {
        assertThat(
                        conflict(
                                ORDER,
                                ORDER.replace("package shop;", "package store;")
                                        .replace("Order", "Purchase")))
                .isNull();
    }
}
