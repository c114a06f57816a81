package io.farandole.pubsub.fuzz;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Random;

/** Strings for requests: names of what there is and is not, and what is no name at all. */
final class OddStrings {

    static final String PROJECT = "projects/fuzzed";
    static final String AVRO = "{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}";

    /** So few that requests meet: a topic is deleted while others publish to it. */
    static final int NAMES = 5;

    /** Some names are free, unless an odd request took them. */
    private static final int MORE_NAMES = NAMES + 2;

    private static final List<String> ODD =
            List.of(
                    "",
                    " ",
                    "/",
                    "////",
                    "a",
                    "projects",
                    "projects/",
                    "projects//topics/abc",
                    "projects/fuzzed/topics/",
                    "projects/fuzzed/topics/ab",
                    "projects/fuzzed/topics/1abc",
                    "projects/fuzzed/topics/googabc",
                    "projects/fuzzed/topics/a b c",
                    "projects/fuzzed/topics/abc/",
                    "projects/fuzzed/topics/" + "x".repeat(256),
                    "projects/fuzzed/topics/" + "é".repeat(10),
                    "projects/" + "p".repeat(5_000) + "/topics/abc",
                    "projects/a\nb/subscriptions/abc",
                    "projects/fuzzed/subscriptions/nowhere",
                    "projects/fuzzed/topics/nowhere",
                    "projects/other/topics/topic-1",
                    "projects/fuzzed/schemas/schema-1@",
                    "projects/fuzzed/schemas/schema-1@nothing",
                    "_deleted-topic_",
                    "goog",
                    "\0",
                    "\uFFFF",
                    "\uD83D\uDE00",
                    "..",
                    "%00%ff",
                    "1.1",
                    "-.-",
                    "zzzzzzzzzzzzz.zzzzzzzzzzzzz",
                    "x".repeat(70_000),
                    "(".repeat(3_000),
                    "attributes:",
                    "NOT ".repeat(500) + "attributes:a",
                    "https://localhost:1",
                    "http://127.0.0.1:1/push",
                    "{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}",
                    "{\"type\":",
                    "syntax = \"proto3\"; message A { string a = 1; }",
                    "syntax = ");

    private static final List<String> ODD_PATHS =
            List.of(
                    "",
                    ".",
                    "name",
                    "nothing",
                    "labels.a",
                    "retry_policy.minimum_backoff",
                    "Labels",
                    "a,b");

    private final Random random;

    OddStrings(Random random) {
        this.random = random;
    }

    String odd() {
        return ODD.get(random.nextInt(ODD.size()));
    }

    String oddPath() {
        return ODD_PATHS.get(random.nextInt(ODD_PATHS.size()));
    }

    /** What the field is for, by its name and by what it is a field of. */
    String plausible(FieldDescriptor field) {
        String owner = field.getContainingType().getName();
        return switch (field.getName()) {
            case "topic", "dead_letter_topic" -> topic();
            case "subscription" -> subscription();
            case "snapshot" -> snapshot();
            case "schema" -> schema();
            case "project", "parent" -> PROJECT;
            case "name" -> name(owner);
            case "ack_ids", "modify_deadline_ack_ids" ->
                    Long.toString(random.nextLong(), Character.MAX_RADIX)
                            + "."
                            + Long.toString(random.nextLong(), Character.MAX_RADIX);
            case "filter" -> random.nextBoolean() ? "attributes:a" : "";
            case "push_endpoint" -> "";
            case "definition" -> AVRO;
            case "schema_id" -> "schema-" + random.nextInt(MORE_NAMES);
            case "key" -> "key-" + random.nextInt(100);
            case "page_token" -> "";
            default -> "value";
        };
    }

    private String name(String owner) {
        if (owner.contains("Subscription")) {
            return subscription();
        }
        if (owner.contains("Snapshot")) {
            return snapshot();
        }
        return owner.contains("Schema") ? schema() : topic();
    }

    private String topic() {
        return PROJECT + "/topics/topic-" + random.nextInt(MORE_NAMES);
    }

    private String subscription() {
        return PROJECT + "/subscriptions/subscription-" + random.nextInt(MORE_NAMES);
    }

    private String snapshot() {
        return PROJECT + "/snapshots/snapshot-" + random.nextInt(MORE_NAMES);
    }

    private String schema() {
        return PROJECT + "/schemas/schema-" + random.nextInt(MORE_NAMES);
    }
}
