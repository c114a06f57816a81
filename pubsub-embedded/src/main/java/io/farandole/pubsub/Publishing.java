package io.farandole.pubsub;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import io.farandole.pubsub.journal.Journal;
import io.farandole.pubsub.journal.JournalException;
import io.farandole.pubsub.journal.JournalRecord.Published;
import io.farandole.pubsub.journal.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** What becomes of a publish request: it gets ids and a time, is written, and reaches its topic. */
final class Publishing {

    private final AtomicLong nextMessageId;
    private final InstantSource calendar;
    private final Resources resources;
    private final Journal journal;
    private final PayloadHeap payloadHeap;
    private final Executor inOrder;
    private final Object order = new Object();

    Publishing(
            AtomicLong nextMessageId,
            InstantSource calendar,
            Resources resources,
            Journal journal,
            PayloadHeap payloadHeap,
            Executor inOrder) {
        this.nextMessageId = nextMessageId;
        this.calendar = calendar;
        this.resources = resources;
        this.journal = journal;
        this.payloadHeap = payloadHeap;
        this.inOrder = inOrder;
    }

    void publish(PublishRequest request, Reply<PublishResponse> reply) {
        if (payloadHeap.isExhausted()) {
            inOrder.execute(
                    () ->
                            payloadHeap
                                    .refusal()
                                    .ifPresentOrElse(
                                            reason -> reply.refused(Broker.unavailable(reason)),
                                            () -> append(request, reply)));
        } else {
            append(request, reply);
        }
    }

    private void append(PublishRequest request, Reply<PublishResponse> reply) {
        // ids and times grow in the journal's order: that is publish order, wherever messages meet
        // again
        synchronized (order) {
            appendInOrder(request, reply);
        }
    }

    private void appendInOrder(PublishRequest request, Reply<PublishResponse> reply) {
        int count = request.getMessagesCount();
        long firstId = nextMessageId.getAndAdd(count);
        // as fine as it is kept, so that a seek to the publish time of a message finds that one
        Instant now = calendar.instant().truncatedTo(ChronoUnit.MILLIS);
        List<byte[]> encoded = new ArrayList<>(count);
        PublishResponse.Builder response = PublishResponse.newBuilder();
        for (int i = 0; i < count; i++) {
            String id = Long.toString(firstId + i);
            encoded.add(MessageBytes.of(request.getMessages(i), id, now));
            response.addMessageIds(id);
        }
        Published published =
                new Published(
                        request.getTopic(),
                        firstId,
                        request.getMessages(0).getOrderingKey(),
                        now.toEpochMilli(),
                        encoded);
        PublishResponse answer = response.build();
        journal.append(
                published,
                new Journal.Commit() {
                    @Override
                    public void durable() {
                        durableAt(Payload.NOWHERE);
                    }

                    @Override
                    public void durableAt(long location) {
                        // one that was deleted before this came to the disk takes nothing
                        if (resources.topic(published.topic()).isEmpty()) {
                            reply.refused(ResourceName.TOPIC.missing(published.topic()));
                            return;
                        }
                        try {
                            payloadHeap.took(resources.published(published, location));
                        } finally {
                            // it is on disk, whatever comes of it
                            reply.done(answer);
                        }
                    }

                    @Override
                    public void failed(JournalException reason) {
                        reply.refused(Broker.unavailable(reason));
                    }
                });
    }
}
