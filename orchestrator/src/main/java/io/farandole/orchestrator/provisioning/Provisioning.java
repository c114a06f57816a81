package io.farandole.orchestrator.provisioning;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.spring.core.GcpProjectIdProvider;
import com.google.cloud.spring.pubsub.PubSubAdmin;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.ProjectTopicName;
import com.google.pubsub.v1.SchemaSettings;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.orchestrator.JournalReach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics and subscriptions of the catalogue that are missing, and refuses those that
 * are there but not as the catalogue wants them: a subscription without ordering cannot be given it
 * later, so it must not be used unnoticed.
 */
public final class Provisioning {

    /**
     * Long enough for a batch that waits for its turn; a dead instance's messages come back after
     * it.
     */
    public static final int ACK_DEADLINE_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);

    private final PubSubAdmin admin;
    private final TopicAdminClient topics;
    private final SubscriptionAdminClient subscriptions;
    private final RegisteringSchemas schemas;
    private final String project;
    private final ProvisioningSettings settings;

    Provisioning(
            PubSubAdmin admin,
            TopicAdminClient topics,
            SubscriptionAdminClient subscriptions,
            RegisteringSchemas schemas,
            GcpProjectIdProvider project,
            ProvisioningSettings settings) {
        this.admin = admin;
        this.topics = topics;
        this.subscriptions = subscriptions;
        this.schemas = schemas;
        this.project = project.getProjectId();
        this.settings = settings;
    }

    /**
     * Makes the broker agree with the catalogue.
     *
     * @return the names of what was created; empty when all was there
     * @throws ProvisioningRefused if something is there but differs from the catalogue
     */
    public List<String> provision() {
        List<String> created = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        boolean withSchemas = schemas.register(created, differences);
        // Last ring first: while the source topics are missing nothing can be said on the internal
        // ones, so that nobody's subscription comes after an event that it should have had.
        for (Topic<?> topic : TopicCatalogue.all().reversed()) {
            provision(wanted(topic, withSchemas), created, differences);
            for (String reader : topic.readers()) {
                provision(topic, reader, created, differences);
            }
        }
        if (!differences.isEmpty()) {
            throw new ProvisioningRefused(differences);
        }
        LOG.info(
                "Provisioned {} topics; created: {}",
                TopicCatalogue.all().size(),
                created.isEmpty() ? "nothing" : created);
        return created;
    }

    private void provision(
            com.google.pubsub.v1.Topic wanted, List<String> created, List<String> differences) {
        String name = ProjectTopicName.parse(wanted.getName()).getTopic();
        com.google.pubsub.v1.Topic there = admin.getTopic(name);
        if (there == null && creates(name, () -> topics.createTopic(wanted), created)) {
            return;
        }
        com.google.pubsub.v1.Topic now = there == null ? admin.getTopic(name) : there;
        if (now != null) {
            com.google.pubsub.v1.Topic kept = withRetention(wanted, now, created);
            differences.addAll(Differences.between(wanted, withSchema(wanted, kept, created)));
        }
    }

    /** A topic may be older than the broker's schemas: it is given its own. */
    private com.google.pubsub.v1.Topic withSchema(
            com.google.pubsub.v1.Topic wanted,
            com.google.pubsub.v1.Topic there,
            List<String> created) {
        if (!wanted.hasSchemaSettings() || there.hasSchemaSettings()) {
            return there;
        }
        created.add("schema settings of " + ProjectTopicName.parse(wanted.getName()).getTopic());
        return topics.updateTopic(
                wanted, FieldMask.newBuilder().addPaths("schema_settings").build());
    }

    /** A topic may keep its messages for another time than is set now: that is changed. */
    private com.google.pubsub.v1.Topic withRetention(
            com.google.pubsub.v1.Topic wanted,
            com.google.pubsub.v1.Topic there,
            List<String> created) {
        long before = there.getMessageRetentionDuration().getSeconds();
        long after = wanted.getMessageRetentionDuration().getSeconds();
        if (!settings.isSet() || before == after) {
            return there;
        }
        String name = ProjectTopicName.parse(there.getName()).getTopic();
        com.google.pubsub.v1.Topic.Builder changed =
                there.toBuilder().setMessageRetentionDuration(wanted.getMessageRetentionDuration());
        if (after > before) {
            // What was let go of does not come back: who counts has to know.
            Instant since = Instant.now().minusSeconds(before);
            Instant earlier = JournalReach.keptSince(there);
            Instant later = earlier != null && earlier.isAfter(since) ? earlier : since;
            changed.putLabels(JournalReach.KEPT_SINCE, Long.toString(later.getEpochSecond()));
        }
        created.add("retention of " + name);
        LOG.info("{} keeps messages for {} s from now on, not for {} s", name, after, before);
        return topics.updateTopic(
                changed.build(),
                FieldMask.newBuilder()
                        .addPaths("message_retention_duration")
                        .addPaths("labels")
                        .build());
    }

    private void provision(
            Topic<?> topic, String reader, List<String> created, List<String> differences) {
        String name = topic.subscriptionOf(reader);
        Subscription wanted = wanted(topic, name);
        Subscription there = admin.getSubscription(name);
        if (there == null
                && creates(name, () -> admin.createSubscription(wanted.toBuilder()), created)) {
            if (!created.contains(topic.name())) {
                hearWhatIsRetained(topic, name);
            }
            return;
        }
        Subscription now = there == null ? admin.getSubscription(name) : there;
        if (now != null) {
            differences.addAll(Differences.between(wanted, now));
        }
    }

    /** A reader that is younger than its topic hears all that there still is of it. */
    private void hearWhatIsRetained(Topic<?> topic, String subscription) {
        Instant oldest = Instant.now().minus(settings.retention(topic));
        subscriptions.seek(
                SeekRequest.newBuilder()
                        .setSubscription(ProjectSubscriptionName.format(project, subscription))
                        .setTime(Timestamps.fromMillis(oldest.toEpochMilli()))
                        .build());
        LOG.info("{} is new to an old topic: it hears what is retained", subscription);
    }

    /**
     * Whether it was this call that created it: another orchestrator may start at the same time.
     */
    private static boolean creates(String name, Runnable creation, List<String> created) {
        try {
            creation.run();
            created.add(name);
            return true;
        } catch (AlreadyExistsException e) {
            LOG.info("{} was created by somebody else at the same time", name);
            return false;
        }
    }

    private com.google.pubsub.v1.Topic wanted(Topic<?> topic, boolean withSchema) {
        com.google.pubsub.v1.Topic.Builder wanted =
                com.google.pubsub.v1.Topic.newBuilder()
                        .setName(ProjectTopicName.format(project, topic.name()))
                        .setMessageRetentionDuration(seconds(settings.retention(topic)));
        if (withSchema) {
            wanted.setSchemaSettings(
                    SchemaSettings.newBuilder()
                            .setSchema(schemas.name(topic).toString())
                            .setEncoding(Encoding.JSON));
        }
        return wanted.build();
    }

    private Subscription wanted(Topic<?> topic, String name) {
        return Subscription.newBuilder()
                .setName(ProjectSubscriptionName.format(project, name))
                .setTopic(ProjectTopicName.format(project, topic.name()))
                .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
                .setEnableMessageOrdering(true)
                // As long as may be, also where the topic keeps less: by default what is unread
                // after seven days is dropped.
                .setMessageRetentionDuration(seconds(topic.retention()))
                // An empty policy means: never expires. The default drops an idle subscription.
                .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
                .build();
    }

    private static Duration seconds(java.time.Duration duration) {
        return Duration.newBuilder().setSeconds(duration.toSeconds()).build();
    }
}
