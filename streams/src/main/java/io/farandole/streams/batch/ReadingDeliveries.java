package io.farandole.streams.batch;

import io.farandole.events.Decoded;
import io.farandole.events.Event;
import io.farandole.events.EventAttributes;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.Message;
import io.farandole.streams.Delivery;
import io.farandole.streams.Erasures;
import io.farandole.streams.MessageFault;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.Stepped;
import io.farandole.streams.batch.Incoming.Foldable;
import io.farandole.streams.batch.Incoming.Reading;
import io.farandole.streams.batch.Incoming.Unfit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads what is delivered, before any transaction: identity, event, stateless steps. */
final class ReadingDeliveries<E extends Event> {

    private static final int UUID_LENGTH = 36;
    private static final int DATED_VERSION = 7;
    private static final int RFC_VARIANT = 2;

    /** Ids can be of any year: what came before its time is looked at again once a day. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final EventCodec codec = new EventCodec();
    private final PreparedProcessor prepared;
    private final Source<E> source;
    private final long place;
    private final boolean archived;

    ReadingDeliveries(PreparedProcessor prepared, Source<E> source) {
        this(prepared, source, false);
    }

    /**
     * @param archived whether they come from the archive, where each is once however old it is
     */
    ReadingDeliveries(PreparedProcessor prepared, Source<E> source, boolean archived) {
        this.prepared = prepared;
        this.source = source;
        this.archived = archived;
        this.place = Claim.placeOf(source.topic());
    }

    /** Reads those that are not withheld from a replay. */
    List<Incoming<E>> read(List<Delivery> deliveries, Instant now) {
        Predicate<Delivery> withheld =
                prepared.replays().withheld(deliveries, prepared.dataSource());
        return deliveries.stream()
                .map(one -> withheld.test(one) ? withheld(one, now) : read(one, now))
                .toList();
    }

    Incoming<E> read(Delivery delivery, Instant now) {
        if (prepared.processor().ring() == Processor.Ring.SOURCE) {
            return new Incoming<>(delivery, byIdentity(delivery), reading(delivery));
        }
        UUID id = datedId(delivery.attributes().get(EventAttributes.ID));
        if (id == null) {
            return new Incoming<>(delivery, byIdentity(delivery), undated(delivery));
        }
        return read(delivery, id, Incoming.hourOf(delivery), now);
    }

    /**
     * Reads what comes, or came before its time, with an id of ours.
     *
     * @param hour in which it is counted
     */
    Incoming<E> read(Delivery delivery, UUID id, Instant hour, Instant now) {
        Misfortune outOfTime = outOfTime(id, now);
        return outOfTime == null
                ? new Incoming<>(delivery, Claim.byId(id), hour, reading(delivery))
                : new Incoming<>(delivery, byIdentity(delivery), hour, new Unfit<>(outOfTime));
    }

    /**
     * Passes over what is withheld, undecoded; known by its id all the same, so that whatever
     * brings it again finds it claimed.
     */
    Incoming<E> withheld(Delivery delivery, Instant now) {
        boolean dated = prepared.processor().ring() == Processor.Ring.INTERNAL;
        UUID id = dated ? datedId(delivery.attributes().get(EventAttributes.ID)) : null;
        return withheld(delivery, id, Incoming.hourOf(delivery), now);
    }

    private Incoming<E> withheld(Delivery delivery, @Nullable UUID id, Instant hour, Instant now) {
        Claim claim =
                id != null && outOfTime(id, now) == null ? Claim.byId(id) : byIdentity(delivery);
        return new Incoming<>(delivery, claim, hour, new Incoming.Withheld<>());
    }

    /** By what a message is known that has no id of ours. */
    Claim byIdentity(Delivery delivery) {
        return Claim.byIdentity(
                place, Identity.of(source.topic().name(), delivery.attributes(), delivery.data()));
    }

    /** What a message is that waited: its id was looked at when it came. */
    Reading<E> reading(Delivery delivery) {
        try {
            return switch (decoded(delivery)) {
                case Decoded.Refused<E>(String reason, String place) ->
                        unfit(DeadLetterCause.UNDECODABLE, reason, place);
                case Decoded.Understood<E>(Message<E> message, int _) -> stepped(message);
            };
        } catch (RuntimeException e) {
            // Whatever the reading throws is this message's failure alone.
            return new Unfit<>(Misfortune.poison(e));
        }
    }

    /**
     * Reads what was put aside. It was claimed when it came, unless it came before its time: then
     * its id is claimed now.
     *
     * @param claims the id that is still to be claimed, if one is
     * @param hour in which it is counted
     * @param erasures who asked to be forgotten: what they told before is not decoded
     */
    Incoming<E> again(
            Delivery delivery,
            DeadLetterCause cause,
            @Nullable UUID claims,
            Instant hour,
            Erasures erasures,
            Instant now) {
        boolean dated = prepared.processor().ring() == Processor.Ring.INTERNAL;
        UUID id = dated ? datedId(delivery.attributes().get(EventAttributes.ID)) : null;
        UUID unclaimed = cause == DeadLetterCause.CLOCK ? id : claims;
        if (erasures.withhold(delivery.orderingKey(), delivery.attributes())) {
            return withheld(delivery, unclaimed, hour, now);
        }
        if (unclaimed != null) {
            return read(delivery, unclaimed, hour, now);
        }
        return new Incoming<>(
                delivery,
                byIdentity(delivery),
                hour,
                dated && id == null ? undated(delivery) : reading(delivery));
    }

    private Reading<E> stepped(Message<E> message) {
        try {
            prepared.hanging().begins(message.envelope());
            return switch (source.steps().apply(new Stepped.Going<>(message))) {
                case Stepped.Refused<E>(String reason, String place) ->
                        unfit(DeadLetterCause.REJECTED, reason, place);
                case Stepped.Going<E>(Message<E> changed) -> new Foldable<>(changed);
            };
        } catch (RuntimeException | Error e) {
            // A step is foreign code: what it throws is this message's failure alone.
            return new Unfit<>(Misfortune.poison(MessageFault.of(e)), message.envelope().subject());
        } finally {
            prepared.hanging().ended();
        }
    }

    private Reading<E> undated(Delivery delivery) {
        if (decoded(delivery) instanceof Decoded.Refused<E>(String reason, String place)) {
            return unfit(DeadLetterCause.UNDECODABLE, reason, place);
        }
        return unfit(
                DeadLetterCause.UNDECODABLE,
                "is "
                        + delivery.attributes().get(EventAttributes.ID)
                        + ", but an internal event's id is a UUIDv7 with ingestion time in front",
                "attribute " + EventAttributes.ID);
    }

    private Decoded<E> decoded(Delivery delivery) {
        return codec.decode(
                source.topic(), delivery.attributes(), delivery.data(), delivery.publishTime());
    }

    private @Nullable Misfortune outOfTime(UUID id, Instant now) {
        Instant made = EventId.timeOf(id);
        if (made.isAfter(now.plus(InboxHorizon.CLOCK_TOLERANCE))) {
            Instant itsTime = made.minus(InboxHorizon.CLOCK_TOLERANCE);
            Instant look = now.plus(LONGEST_WAIT);
            return Misfortune.early(
                    "the id was made at " + made + ", which is in the future: a clock is wrong",
                    "attribute " + EventAttributes.ID,
                    new Misfortune.Early(id, itsTime.isBefore(look) ? itsTime : look));
        }
        if (!archived && made.isBefore(prepared.remembersFrom(now))) {
            return new Misfortune(
                    DeadLetterCause.EXPIRED_HORIZON,
                    "the id was made at "
                            + made
                            + ", before the horizon of "
                            + prepared.horizon().daysBack()
                            + " days: whether it was applied is not known any more",
                    "attribute " + EventAttributes.ID);
        }
        return null;
    }

    private static @Nullable UUID datedId(@Nullable String text) {
        if (text == null || text.length() != UUID_LENGTH) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            boolean dated = id.version() == DATED_VERSION && id.variant() == RFC_VARIANT;
            return isCanonical(text) && dated ? id : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** The JDK also takes groups of other lengths, and signs. */
    private static boolean isCanonical(String id) {
        return id.charAt(8) == '-'
                && id.charAt(13) == '-'
                && id.charAt(18) == '-'
                && id.charAt(23) == '-'
                && id.indexOf('+') < 0;
    }

    private static <E extends Event> Unfit<E> unfit(
            DeadLetterCause cause, String reason, String place) {
        return new Unfit<>(new Misfortune(cause, reason, place));
    }
}
