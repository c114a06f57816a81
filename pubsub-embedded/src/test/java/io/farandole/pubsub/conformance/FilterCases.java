package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status.Code;
import java.util.List;

/** The filter language, and what a filtered subscription is like. */
final class FilterCases {

    @Rule(value = "`attributes:KEY` delivers what has the attribute", at = Page.FILTERS)
    void attributeIsThere(World w) {
        delivers(w, "attributes:k", World.with("k", "x"), World.with("other", "k"));
    }

    @Rule(value = "`NOT attributes:KEY` delivers what has it not", at = Page.FILTERS)
    void attributeIsNotThere(World w) {
        delivers(w, "NOT attributes:k", World.with("other", "x"), World.with("k", "x"));
    }

    @Rule(value = "`-` is another word for NOT", at = Page.FILTERS)
    void minusIsNot(World w) {
        delivers(w, "-attributes:k", World.with("other", "x"), World.with("k", "x"));
    }

    @Rule(value = "`attributes.KEY = \"VALUE\"` compares the whole value", at = Page.FILTERS)
    void attributeEquals(World w) {
        delivers(w, "attributes.k = \"x\"", World.with("k", "x"), World.with("k", "xx"));
    }

    @Rule(value = "`attributes.KEY != \"VALUE\"` delivers other values", at = Page.FILTERS)
    void attributeDiffers(World w) {
        delivers(w, "attributes.k != \"x\"", World.with("k", "y"), World.with("k", "x"));
    }

    @Rule(value = "`hasPrefix(attributes.KEY, \"P\")` compares the beginning", at = Page.FILTERS)
    void attributeHasPrefix(World w) {
        delivers(
                w,
                "hasPrefix(attributes.k, \"co\")",
                World.with("k", "com"),
                World.with("k", "org"));
    }

    @Rule(value = "AND asks for both", at = Page.FILTERS)
    void andAsksForBoth(World w) {
        delivers(w, "attributes.a = \"1\" AND attributes:b", both("1"), World.with("a", "1"));
    }

    @Rule(value = "OR asks for one", at = Page.FILTERS)
    void orAsksForOne(World w) {
        delivers(
                w,
                "attributes.a = \"1\" OR attributes:b",
                World.with("b", "x"),
                World.with("a", "2"));
    }

    @Rule(value = "NOT binds closer than AND and OR", at = Page.FILTERS)
    void notBindsCloser(World w) {
        delivers(w, "NOT attributes:a OR attributes:b", both("1"), World.with("a", "1"));
    }

    @Rule(value = "parentheses group", at = Page.FILTERS)
    void parenthesesGroup(World w) {
        delivers(
                w,
                "attributes.a = \"1\" AND NOT (attributes:b OR attributes:c)",
                World.with("a", "1"),
                both("1"));
    }

    @Rule(value = "keys and values are case-sensitive", at = Page.FILTERS)
    void caseMatters(World w) {
        delivers(w, "attributes.k = \"Xy\"", World.with("k", "Xy"), World.with("k", "xy"));
    }

    @Rule(value = "a key of other characters is quoted", at = Page.FILTERS)
    void keysMayBeQuoted(World w) {
        delivers(
                w,
                "attributes:\"iana.org/language_tag\"",
                World.with("iana.org/language_tag", "en"),
                World.with("iana", "en"));
    }

    @Rule(value = "backslash escapes quotation marks, backslashes and Unicode", at = Page.FILTERS)
    void valuesMayBeEscaped(World w) {
        delivers(
                w,
                "attributes.k = \"a\\\"b\\\\c\\u00e9\"",
                World.with("k", "a\"b\\cé"),
                World.with("k", "abc"));
    }

    @Rule(value = "what is no filter is INVALID_ARGUMENT", at = Page.FILTERS)
    void nonsenseIsRefused(World w) {
        w.topic("news");
        for (String bad :
                List.of(
                        "bogus ~ 1",
                        "attributes.k",
                        "attributes.k = x",
                        "attributes.k = \"x",
                        "(attributes:k",
                        "attributes:k AND",
                        "attributes:k attributes:j")) {
            Answers.refused(Code.INVALID_ARGUMENT, () -> filtered(w, "first", bad));
        }
    }

    @Rule(value = "attributes can be asked for, data cannot", at = Page.FILTERS)
    void dataCannotBeFiltered(World w) {
        w.topic("news");
        Answers.refused(Code.INVALID_ARGUMENT, () -> filtered(w, "first", "data = \"x\""));
    }

    @Rule(value = "a filter has 256 bytes at most", at = Page.FILTERS)
    void filterHas256Bytes(World w) {
        w.topic("news");
        String filter = "attributes.k = \"%s\"";
        int fill = 256 - filter.formatted("").length();
        filtered(w, "good", filter.formatted("x".repeat(fill)));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> filtered(w, "bad", filter.formatted("x".repeat(fill + 1))));
    }

    @Rule(value = "a filter cannot be changed", at = Page.FILTERS)
    void filterIsFixed(World w) {
        w.topic("news");
        filtered(w, "first", "attributes:k");
        assertThat(w.get("first").getFilter()).isEqualTo("attributes:k");
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        UpdateCases.update(
                                w, Subscription.newBuilder().setFilter("attributes:j"), "filter"));
    }

    @Rule(
            value = "what does not match is acknowledged, and stays away after a seek",
            at = Page.FILTERS)
    void unmatchedIsAcknowledged(World w) {
        w.topic("news");
        w.subscription(
                "first", "news", one -> one.setFilter("attributes:k").setRetainAckedMessages(true));
        w.publish("news", World.with("k", "x"), World.with("other", "x"));
        w.drains("first", "k=x");
        var _ =
                w.subscriber()
                        .seek(
                                SeekRequest.newBuilder()
                                        .setSubscription(w.subscriptionName("first"))
                                        .setTime(Timestamp.newBuilder().setSeconds(1))
                                        .build());
        w.drains("first", "k=x");
    }

    @Rule(value = "each subscription of a topic has its own filter", at = Page.FILTERS)
    void filtersAreTheSubscriptions(World w) {
        w.topic("news");
        filtered(w, "first", "attributes:a");
        filtered(w, "second", "NOT attributes:a");
        w.subscription("third", "news");
        w.publish("news", World.with("a", "1"), World.with("b", "2"));
        w.drains("first", "a=1");
        w.drains("second", "b=2");
        w.drains("third", "a=1", "b=2");
    }

    @Rule(value = "streams are filtered, too; what matches keeps its order", at = Page.FILTERS)
    void filteredKeyKeepsItsOrder(World w) {
        w.topic("news");
        w.subscription(
                "first", "news", one -> OrderingCases.ordered(one).setFilter("attributes:k"));
        for (int i = 0; i < 10; i++) {
            String attribute = i % 2 == 0 ? "k" : "other";
            w.publish(
                    "news", World.with(attribute, "" + i).toBuilder().setOrderingKey("o").build());
        }
        w.stream("first").receives("k=0", "k=2", "k=4", "k=6", "k=8");
    }

    private static PubsubMessage both(String a) {
        return World.with("a", a).toBuilder().putAttributes("b", "x").build();
    }

    private static Subscription filtered(World w, String id, String filter) {
        return w.subscription(id, "news", subscription -> subscription.setFilter(filter));
    }

    private static void delivers(
            World w, String filter, PubsubMessage wanted, PubsubMessage unwanted) {
        w.topic("news");
        filtered(w, "first", filter);
        w.publish("news", unwanted, wanted, unwanted);
        w.drains("first", wanted.getData().toStringUtf8());
    }
}
