package io.farandole.streams.running;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.ProjectSnapshotName;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.Subscription;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
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
     * Makes a generation's own ones, each as the live generation's is. They bring what the archive
     * has not acknowledged yet, however old that is, and all that is published from now on: the
     * rest has landed, for the archive acknowledges only then. So whoever reads the archive from
     * now on, to its end, and then these, misses nothing.
     */
    void make(PreparedProcessor made, PreparedProcessor live) {
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
            seekBehindArchive(name, source.topic());
        }
    }

    private void seekBehindArchive(String subscription, Topic<?> topic) {
        String snapshot = ProjectSnapshotName.format(project, subscription + "-begins");
        deleteSnapshot(snapshot);
        String landing = topic.subscriptionOf(TopicCatalogue.ARCHIVE);
        try {
            Snapshot _ = admin.createSnapshot(snapshot, full(landing).toString());
        } catch (NotFoundException e) {
            throw new IllegalStateException(
                    "subscription "
                            + landing
                            + ", through which the archive reads, is not there: what it lacks"
                            + " cannot be told",
                    e);
        }
        SeekResponse _ =
                admin.seek(
                        SeekRequest.newBuilder()
                                .setSubscription(full(subscription).toString())
                                .setSnapshot(snapshot)
                                .build());
        deleteSnapshot(snapshot);
    }

    private void deleteSnapshot(String snapshot) {
        try {
            admin.deleteSnapshot(snapshot);
        } catch (NotFoundException e) {
            log.debug("Snapshot {} is not there", snapshot, e);
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

    /** For how long it may bring a message again: as long as it or its topic keeps it. */
    Duration keptByBroker(String subscription) {
        Subscription asked = admin.getSubscription(full(subscription).toString());
        return Duration.ofSeconds(
                Math.max(
                        asked.getMessageRetentionDuration().getSeconds(),
                        asked.getTopicMessageRetentionDuration().getSeconds()));
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
