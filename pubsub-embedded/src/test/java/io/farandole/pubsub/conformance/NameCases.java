package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.Status.Code;
import java.util.List;

/** The rules for names. */
final class NameCases {

    @Rule(value = "an id has 3 to 255 characters", at = Page.BASICS)
    void idLength(World w) {
        for (int good : new int[] {3, 255}) {
            w.topic("x".repeat(good));
            w.subscription("x".repeat(good), "xxx");
        }
        for (int bad : new int[] {1, 2, 256}) {
            refused(w, "x".repeat(bad));
        }
    }

    @Rule(value = "an id begins with a letter", at = Page.BASICS)
    void idBeginsWithALetter(World w) {
        w.topic("xxx");
        for (String bad : List.of("1abc", "-abc", "_abc", "%abc")) {
            refused(w, bad);
        }
    }

    @Rule(value = "an id does not begin with \"goog\"", at = Page.BASICS)
    void idIsNotGoogles(World w) {
        w.topic("xxx");
        refused(w, "google");
        refused(w, "goog-news");
        w.topic("my-goog");
    }

    @Rule(value = "an id has letters, digits and -_.~+%", at = Page.BASICS)
    void idCharacters(World w) {
        w.topic("xxx");
        w.topic("aZ09-_.~+%25");
        w.subscription("aZ09-_.~+%25", "xxx");
        for (String bad : List.of("a b c", "abc/def", "abc!", "abc:def", "größe")) {
            refused(w, bad);
        }
    }

    @Rule(value = "a name is projects/PROJECT/COLLECTION/ID", at = Page.BASICS)
    void nameHasFourParts(World w) {
        w.topic("xxx");
        for (String bad :
                List.of(
                        "",
                        "xxx",
                        "topics/xxx",
                        w.project() + "/xxx",
                        "/" + w.topicName("abc"),
                        w.topicName("abc") + "/",
                        w.subscriptionName("abc"))) {
            Answers.refused(
                    Code.INVALID_ARGUMENT,
                    () -> w.publisher().createTopic(Topic.newBuilder().setName(bad).build()));
        }
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        w.subscriber()
                                .createSubscription(
                                        Subscription.newBuilder()
                                                .setName(w.topicName("abc"))
                                                .setTopic(w.topicName("xxx"))
                                                .build()));
    }

    @Rule(value = "topics and subscriptions may have the same id", at = Page.BASICS)
    void kindsHaveTheirOwnNames(World w) {
        w.topic("same");
        assertThat(w.subscription("same", "same").getTopic()).isEqualTo(w.topicName("same"));
    }

    @Rule(value = "a subscription may be in another project than its topic", at = Page.SUBSCRIBER)
    void subscriptionMayBeInAnotherProject(World w) {
        w.topic("news");
        Subscription other =
                w.subscriber()
                        .createSubscription(
                                Subscription.newBuilder()
                                        .setName(w.project() + "-other/subscriptions/first")
                                        .setTopic(w.topicName("news"))
                                        .build());
        assertThat(other.getTopic()).isEqualTo(w.topicName("news"));
    }

    private static void refused(World w, String id) {
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.topic(id));
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.subscription(id, "xxx"));
    }
}
