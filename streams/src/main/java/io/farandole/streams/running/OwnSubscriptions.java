package io.farandole.streams.running;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.batch.Generation;
import io.farandole.streams.batch.PreparedProcessor;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscriptions through which generations read their topics. */
final class OwnSubscriptions {

    private static final Logger log = LoggerFactory.getLogger(OwnSubscriptions.class);

    private final SubscriptionAdminClient admin;
    private final String project;

    OwnSubscriptions(SubscriptionAdminClient admin, String project) {
        this.admin = admin;
        this.project = project;
    }

    /**
     * Makes a generation's own ones, each as the live generation's is, reading from then on: what
     * was published before is brought too, as far as the topic keeps it.
     */
    void make(PreparedProcessor made, PreparedProcessor live, Instant from) {
        for (Source<?> source : made.processor().sources()) {
            String name = made.generation().subscriptionOf(source.topic());
            Subscription like =
                    admin.getSubscription(
                            full(live.generation().subscriptionOf(source.topic())).toString());
            try {
                admin.createSubscription(
                        like.toBuilder()
                                .setName(full(name).toString())
                                .clearState()
                                .clearTopicMessageRetentionDuration()
                                .build());
                log.info("Subscription {} is made", name);
            } catch (AlreadyExistsException e) {
                log.debug("Subscription {} is there already", name, e);
            }
            seek(name, from);
        }
    }

    void delete(Processor processor, Generation generation) {
        for (Source<?> source : processor.sources()) {
            String name = generation.subscriptionOf(source.topic());
            try {
                admin.deleteSubscription(full(name).toString());
                log.info("Subscription {} is deleted", name);
            } catch (NotFoundException e) {
                log.debug("Subscription {} was not there", name, e);
            }
        }
    }

    /** For how long the topic that it reads keeps what was acknowledged, as the broker says. */
    Duration keptByTopic(String subscription) {
        return Duration.ofSeconds(
                admin.getSubscription(full(subscription).toString())
                        .getTopicMessageRetentionDuration()
                        .getSeconds());
    }

    /** Brings what was published since again, acknowledged or not. */
    void seek(String subscription, Instant since) {
        admin.seek(
                SeekRequest.newBuilder()
                        .setSubscription(full(subscription).toString())
                        .setTime(
                                Timestamp.newBuilder()
                                        .setSeconds(since.getEpochSecond())
                                        .setNanos(since.getNano()))
                        .build());
    }

    private ProjectSubscriptionName full(String name) {
        return ProjectSubscriptionName.of(project, name);
    }
}
