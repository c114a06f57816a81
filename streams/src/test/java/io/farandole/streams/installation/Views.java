package io.farandole.streams.installation;

import static io.farandole.events.TopicCatalogue.ACTIVITY;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Cause;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Events of users who look at items, some published twice; the same seed gives the same ones. */
public final class Views {

    /** The trace that all of them belong to. */
    public static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final int USERS = 2_000;
    private static final int ITEMS = 800;
    private static final double TWICE = 0.2;

    private final Wiring wiring;
    private final Random random;
    private final EventCodec codec = new EventCodec();
    private final Map<String, Long> byItem = new HashMap<>();
    private final Map<String, Long> byUser = new HashMap<>();
    private final List<Happened> happened = new ArrayList<>();
    private double hot;
    private Duration skew = Duration.ZERO;
    private Duration age = Duration.ZERO;
    private String names = "";
    private long distinct;
    private long published;

    private record Happened(String item, Instant at) {}

    public Views(Wiring wiring, long seed) {
        this.wiring = wiring;
        this.random = new Random(seed);
    }

    /** This share of the views is of one user and one item. */
    public Views hot(double share) {
        hot = share;
        return this;
    }

    /** The clocks of those who make events differ, by so much either way. */
    public Views skewed(Duration most) {
        skew = most;
        return this;
    }

    /** They happen, and are ingested, so long ago. */
    public Views ago(Duration duration) {
        age = duration;
        return this;
    }

    /** Users and items begin with this, and are none of others'. */
    public Views named(String prefix) {
        names = prefix;
        return this;
    }

    public static void provision(Wiring wiring) {
        wiring.admin().createTopic("activity");
        wiring.admin().createTopic("recommendations");
        wiring.createSubscription("activity", Tally.NAME);
        wiring.createSubscription("recommendations", "collector");
    }

    public long distinct() {
        return distinct;
    }

    public long published() {
        return published;
    }

    /** How often each item was looked at. */
    public Map<String, Long> byItem() {
        return Map.copyOf(byItem);
    }

    /** How often each user looked at something. */
    public Map<String, Long> byUser() {
        return Map.copyOf(byUser);
    }

    /**
     * How often each item was looked at in each window of event time of this size, by its number.
     */
    public Map<String, Long> byWindow(Duration size) {
        Map<String, Long> counts = new TreeMap<>();
        for (Happened one : happened) {
            long number = Math.floorDiv(one.at.getEpochSecond(), size.toSeconds());
            counts.merge(one.item + "|" + number, 1L, Long::sum);
        }
        return counts;
    }

    /** Publishes so many events, and some of them again; returns when all are acknowledged. */
    public void publish(int events) throws ExecutionException, InterruptedException {
        Publisher publisher = wiring.publishers().createPublisher("activity");
        List<ApiFuture<String>> sent = new ArrayList<>();
        List<PubsubMessage> again = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            PubsubMessage message = next();
            sent.add(publisher.publish(message));
            if (random.nextDouble() < TWICE) {
                again.add(message);
            }
            if (again.size() > 50) {
                again.forEach(twin -> sent.add(publisher.publish(twin)));
                again.clear();
            }
        }
        again.forEach(twin -> sent.add(publisher.publish(twin)));
        publisher.publishAllOutstanding();
        ApiFutures.allAsList(sent).get();
        published += sent.size();
        publisher.shutdown();
    }

    private PubsubMessage next() {
        Instant now = Instant.now().minus(age);
        // Ids carry the clock of ingestion, events that of whoever tells them.
        Instant told = now.plusMillis((long) (skew.toMillis() * random.nextDouble(-1, 1)));
        boolean isHot = random.nextDouble() < hot;
        String user = names + "u" + (isHot ? 0 : random.nextInt(USERS));
        String item = names + "i" + (isHot ? 0 : random.nextInt(ITEMS));
        return view(user, item, now, told);
    }

    /** A view of that item, which counts; whoever asked for it has it published. */
    public PubsubMessage of(String item) {
        Instant now = Instant.now();
        return view("u" + random.nextInt(USERS), item, now, now);
    }

    /** So many, not published. */
    public List<PubsubMessage> some(int events) {
        return Stream.generate(this::next).limit(events).toList();
    }

    /** That each user who looked at something asks to be forgotten; these are no views. */
    public List<PubsubMessage> erasures() {
        Instant now = Instant.now();
        return byUser.keySet().stream().sorted().map(user -> erasure(user, now)).toList();
    }

    private PubsubMessage erasure(String user, Instant now) {
        return message(
                new ActivityEvent.Erased(new UserId(user)),
                new Cause("test", "erasure-" + random.nextLong()),
                now,
                now,
                1);
    }

    /** Publishes these as they are, once. */
    public void publish(List<PubsubMessage> messages)
            throws ExecutionException, InterruptedException {
        Publisher publisher = wiring.publishers().createPublisher("activity");
        List<ApiFuture<String>> sent = messages.stream().map(publisher::publish).toList();
        publisher.publishAllOutstanding();
        ApiFutures.allAsList(sent).get();
        published += sent.size();
        publisher.shutdown();
    }

    private PubsubMessage view(String user, String item, Instant now, Instant told) {
        distinct++;
        byItem.merge(item, 1L, Long::sum);
        byUser.merge(user, 1L, Long::sum);
        happened.add(new Happened(item, told));
        Cause cause = new Cause("test", "view-" + random.nextLong());
        return message(
                new Viewed(new UserId(user), new ItemId(item), new OfferId("o-" + item)),
                cause,
                now,
                told,
                distinct);
    }

    private PubsubMessage message(
            ActivityEvent event, Cause cause, Instant now, Instant told, long sequence) {
        String id =
                EventId.ingested(now, ACTIVITY, Identity.of(cause.source(), cause.id()), 0)
                        .toString();
        Encoded encoded =
                codec.encode(
                        new Message<>(
                                new Envelope(
                                        id,
                                        "farandole/ingestion",
                                        ACTIVITY.typeOf(event),
                                        ACTIVITY.subjectOf(event),
                                        told,
                                        now,
                                        null,
                                        null,
                                        cause,
                                        sequence,
                                        TRACE_PARENT),
                                event),
                        ACTIVITY);
        return PubsubMessage.newBuilder()
                .setOrderingKey(encoded.orderingKey())
                .putAllAttributes(encoded.attributes())
                .setData(ByteString.copyFrom(encoded.data()))
                .build();
    }
}
