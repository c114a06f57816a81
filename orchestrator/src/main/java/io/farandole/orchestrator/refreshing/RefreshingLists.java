package io.farandole.orchestrator.refreshing;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.Cause;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Message;
import io.farandole.events.OperationEvent;
import io.farandole.events.OperationEvent.ListRefreshRequested;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Publishes a {@code list refresh requested} for every user who has a list. */
public final class RefreshingLists {

    private static final String SOURCE = "farandole/orchestrator";

    private final JdbcClient database;
    private final PublisherFactory publishers;
    private final Clock clock;
    private final EventCodec codec = new EventCodec();

    public RefreshingLists(JdbcClient database, PublisherFactory publishers, Clock clock) {
        this.database = database;
        this.publishers = publishers;
        this.clock = clock;
    }

    /**
     * Asks for every list, and returns once the broker has acknowledged all requests.
     *
     * @return how many lists were asked for
     * @throws java.util.concurrent.CompletionException if a request could not be published
     */
    public int refreshAll() {
        Publisher publisher = publishers.createPublisher(TopicCatalogue.OPERATIONS.name());
        List<CompletableFuture<String>> acknowledged =
                users().stream().map(user -> request(user, publisher)).toList();
        CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new)).join();
        return acknowledged.size();
    }

    private List<UserId> users() {
        return database.sql(
                        """
                select l.key from personalisation.lists l join streams.generation g on g.id = l.generation
                where g.phase = 'ACTIVE' order by l.key
                """)
                .query((row, _) -> new UserId(row.getString(1)))
                .list();
    }

    private CompletableFuture<String> request(UserId user, Publisher publisher) {
        Encoded encoded = codec.encode(requestFor(user), TopicCatalogue.OPERATIONS);
        CompletableFuture<String> acknowledged = new CompletableFuture<>();
        ApiFutures.addCallback(
                publisher.publish(
                        PubsubMessage.newBuilder()
                                .setData(ByteString.copyFrom(encoded.data()))
                                .putAllAttributes(encoded.attributes())
                                .setOrderingKey(encoded.orderingKey())
                                .build()),
                new ApiFutureCallback<>() {
                    @Override
                    public void onSuccess(String messageId) {
                        acknowledged.complete(messageId);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        // The client has stopped this key: the next request must find it open.
                        publisher.resumePublish(encoded.orderingKey());
                        acknowledged.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return acknowledged;
    }

    // Each request is an event of its own, also for the same user: asking twice refreshes twice.
    private Message<OperationEvent> requestFor(UserId user) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String id =
                EventId.ingested(now, TopicCatalogue.OPERATIONS, UUID.randomUUID(), 0).toString();
        ListRefreshRequested event = new ListRefreshRequested(user);
        Envelope envelope =
                new Envelope(
                        id,
                        SOURCE,
                        TopicCatalogue.OPERATIONS.typeOf(event),
                        TopicCatalogue.OPERATIONS.subjectOf(event),
                        now,
                        now,
                        null,
                        null,
                        new Cause(SOURCE, id),
                        null,
                        null);
        return new Message<>(envelope, event);
    }
}
