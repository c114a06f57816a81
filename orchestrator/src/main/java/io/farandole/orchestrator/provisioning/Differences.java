package io.farandole.orchestrator.provisioning;

import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import java.util.ArrayList;
import java.util.List;

/** In what something on the broker differs from what the catalogue wants, in words. */
final class Differences {

    private Differences() {}

    static List<String> between(Topic wanted, Topic there) {
        List<String> differences = new ArrayList<>();
        compare(
                differences,
                "topic " + there.getName() + " keeps messages for seconds:",
                wanted.getMessageRetentionDuration().getSeconds(),
                there.getMessageRetentionDuration().getSeconds());
        compare(
                differences,
                "topic " + there.getName() + " has the schema:",
                wanted.getSchemaSettings().getSchema(),
                there.getSchemaSettings().getSchema());
        compare(
                differences,
                "topic " + there.getName() + " has messages encoded as:",
                wanted.getSchemaSettings().getEncoding(),
                there.getSchemaSettings().getEncoding());
        // A contract that grows is a later revision, whose messages have to be taken too.
        compare(
                differences,
                "topic " + there.getName() + " takes revisions of its schema up to:",
                wanted.getSchemaSettings().getLastRevisionId(),
                there.getSchemaSettings().getLastRevisionId());
        return differences;
    }

    static List<String> between(Subscription wanted, Subscription there) {
        String name = "subscription " + there.getName();
        List<String> differences = new ArrayList<>();
        if (!there.getEnableMessageOrdering()) {
            differences.add(
                    name
                            + " has no ordering, which cannot be switched on later: delete it, once"
                            + " it is drained, and provision again");
        }
        compare(differences, name + " reads:", wanted.getTopic(), there.getTopic());
        compare(
                differences,
                name + " has an ack deadline of seconds:",
                wanted.getAckDeadlineSeconds(),
                there.getAckDeadlineSeconds());
        compare(
                differences,
                name + " keeps messages for seconds:",
                wanted.getMessageRetentionDuration().getSeconds(),
                there.getMessageRetentionDuration().getSeconds());
        compare(
                differences,
                name + " expires when idle for seconds (0: never):",
                0L,
                there.getExpirationPolicy().getTtl().getSeconds());
        compare(differences, name + " filters:", "", there.getFilter());
        // A dead-lettered message would stop its key, or vanish: ours are kept in Postgres.
        compare(
                differences,
                name + " has a dead-letter policy:",
                false,
                there.hasDeadLetterPolicy());
        return differences;
    }

    private static void compare(
            List<String> differences, String what, Object wanted, Object there) {
        if (!wanted.equals(there)) {
            differences.add(what + " " + there + " instead of " + wanted);
        }
    }
}
