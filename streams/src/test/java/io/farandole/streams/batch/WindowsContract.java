package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Cause;
import io.farandole.events.Envelope;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.RecommendationEvent;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.UserId;
import io.farandole.streams.Store;
import io.farandole.streams.batch.Visits.Count;
import io.farandole.streams.batch.Visits.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What windows and timers are, in memory and on Postgres alike. */
abstract class WindowsContract {

    /** Something that runs {@link Visits}. */
    interface Machine {

        /** One micro-batch; what is due by that has fired when this returns. */
        void hear(List<Message<ActivityEvent>> batch);

        void advanceEventTime(Instant to);

        void advanceWallClock(Instant to);

        <V> Map<String, V> rows(Store<V> store);

        List<Message<RecommendationEvent>> said();

        /** Delivered, applied, duplicate, late. */
        List<Long> counts();

        Map<String, Instant> timers();
    }

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private int made;

    abstract Machine machine();

    @Test
    void aTumblingWindowIsSaidOnceWhenTheWatermarkIsPastEndAndGrace() {
        hear("ann", "hour", 5, 59);
        hear("bob", "hour", 60);
        hear("bob", "hour", 69);
        assertThat(said()).isEmpty();

        hear("bob", "hour", 70);
        hear("bob", "hour", 71);

        assertThat(said()).containsExactly("ann hour 2");
        assertThat(machine().rows(Visits.HOURLY.store()))
                .isEqualTo(
                        Map.of(
                                hourly("ann", 0), new Count(2),
                                hourly("bob", 60), new Count(4)));
        assertThat(machine().timers()).isEqualTo(Map.of("hour/" + hourly("bob", 60), at(130)));
    }

    @Test
    void whatIsLateIsDroppedAndWhatIsInGraceIsNot() {
        hear("bob", "hour", 69);
        hear("ann", "hour", 30);
        hear("bob", "hour", 70);
        hear("ann", "hour", 31);
        hear("ann", "hour", 61);

        assertThat(machine().rows(Visits.HOURLY.store()))
                .containsEntry(hourly("ann", 0), new Count(1))
                .containsEntry(hourly("ann", 60), new Count(1));
        assertThat(machine().counts()).containsExactly(5L, 4L, 0L, 1L);
        assertThat(said()).containsExactly("ann hour 1");
    }

    @Test
    void aBatchIsJudgedByTheWatermarkBeforeIt() {
        machine().hear(List.of(viewed("bob", "hour", 70), viewed("ann", "hour", 30)));

        assertThat(machine().counts()).containsExactly(2L, 2L, 0L, 0L);
        assertThat(said()).containsExactly("ann hour 1");
    }

    @Test
    void hoppingWindowsOverlapAndLateMessagesUpdateThem() {
        hear("ann", "hop", 40);
        hear("ann", "hop", 65);
        hear("ann", "hop", 200);
        assertThat(said()).containsExactly("ann hop 1", "ann hop 2", "ann hop 1");

        hear("ann", "hop", 31);

        assertThat(machine().rows(Visits.HOPPING.store()))
                .isEqualTo(
                        Map.of(
                                hopping("ann", 0), new Count(2),
                                hopping("ann", 30), new Count(3),
                                hopping("ann", 60), new Count(1),
                                hopping("ann", 150), new Count(1),
                                hopping("ann", 180), new Count(1)));
        assertThat(said().subList(3, 5)).containsExactlyInAnyOrder("ann hop 2", "ann hop 3");
        assertThat(machine().counts()).containsExactly(4L, 4L, 0L, 0L);
    }

    @Test
    void aMessageBetweenTwoSessionsMakesOneOfThem() {
        hear("ann", "session", 0, 14);
        assertThat(machine().rows(Visits.SESSIONS.store())).hasSize(2);
        assertThat(machine().timers()).hasSize(2);

        hear("ann", "session", 7);

        assertThat(machine().rows(Visits.SESSIONS.store()))
                .isEqualTo(Map.of("ann|" + at(0), new Visit(at(0), at(14), 3)));
        assertThat(machine().timers()).isEqualTo(Map.of("session/ann|" + at(0), at(29)));

        hear("ann|x", "session", 29);

        assertThat(said()).containsExactly("ann session 3");
        assertThat(machine().rows(Visits.SESSIONS.store()))
                .isEqualTo(Map.of("ann|x|" + at(29), new Visit(at(29), at(29), 1)));
    }

    @Test
    void sessionsGrowToBothSidesWithinOneBatch() {
        machine()
                .hear(
                        List.of(
                                viewed("ann", "session", 20),
                                viewed("ann", "session", 12),
                                viewed("ann", "session", 3),
                                viewed("ann", "session", 29),
                                viewed("ann", "session", 39)));

        assertThat(machine().rows(Visits.SESSIONS.store()))
                .isEqualTo(
                        Map.of(
                                "ann|" + at(3), new Visit(at(3), at(29), 4),
                                "ann|" + at(39), new Visit(at(39), at(39), 1)));
    }

    @Test
    void aSessionIsLateWhenWhatItWouldBecomeIsClosed() {
        hear("ann", "session", 0);
        hear("bob", "session", 20);
        hear("ann", "session", 4);
        hear("bob", "session", 11);

        assertThat(said()).containsExactly("ann session 1");
        assertThat(machine().counts()).containsExactly(4L, 3L, 0L, 1L);
        assertThat(machine().rows(Visits.SESSIONS.store()))
                .isEqualTo(Map.of("bob|" + at(11), new Visit(at(11), at(20), 2)));
    }

    @Test
    void anEventFromTheFutureClosesNothing() {
        hear("ann", "hour", 5);
        machine().hear(List.of(published(6, viewed("bob", "hour", 600))));

        assertThat(said()).isEmpty();

        machine().advanceWallClock(at(100));
        hear("bob", "hour", 80);
        assertThat(said()).containsExactly("ann hour 1");
    }

    @Test
    void eventTimeThatMovesOnElsewhereClosesToo() {
        hear("ann", "hour", 5);

        machine().advanceEventTime(at(70));

        assertThat(said()).containsExactly("ann hour 1");
    }

    @Test
    void aTimerOfTheClockFiresOnceAtItsTime() {
        hear("ann", "remind", 0);
        machine().advanceWallClock(at(59));
        assertThat(said()).isEmpty();

        machine().advanceWallClock(at(60));
        machine().advanceWallClock(at(300));

        assertThat(said()).containsExactly("ann reminder 1");
        assertThat(machine().timers()).isEmpty();
        assertThat(machine().said().getFirst().envelope().time()).isEqualTo(at(60));
    }

    @Test
    void settingATimerAgainMovesIt() {
        hear("ann", "remind", 0);
        hear("ann", "remind", 30);
        machine().advanceWallClock(at(89));
        assertThat(said()).isEmpty();

        machine().advanceWallClock(at(90));

        assertThat(said()).containsExactly("ann reminder 1");
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        hear("ann", "remind", 0);
        hear("ann", "forget", 1);

        machine().advanceWallClock(at(200));

        assertThat(said()).isEmpty();
        assertThat(machine().timers()).isEmpty();
    }

    @Test
    void aTimerMaySetItselfAgain() {
        hear("often", "remind", 0);

        machine().advanceWallClock(at(185));

        assertThat(said())
                .containsExactly("often reminder 1", "often reminder 2", "often reminder 3");
        assertThat(machine().said())
                .extracting(message -> message.envelope().time())
                .containsExactly(at(60), at(120), at(180));
    }

    @Test
    void aTimerWhoseFoldFailsFiresLater() {
        hear("broken", "remind", 0);
        hear("ann", "remind", 0);

        machine().advanceWallClock(at(60));
        assertThat(said()).containsExactly("ann reminder 1");
        assertThat(machine().timers()).isEqualTo(Map.of("reminder/broken", at(60)));

        hear("broken", "mend", 62);
        machine().advanceWallClock(at(70));

        assertThat(said()).containsExactly("ann reminder 1", "broken reminder 1");
        assertThat(machine().timers()).isEmpty();
    }

    @Test
    void whatATimerSaysHasAnIdOfItsOwnAndGoesBackToTheMessageThatSetIt() {
        Message<ActivityEvent> first = viewed("ann", "hour", 5);
        Message<ActivityEvent> second = viewed("ann", "hour", 6);
        Envelope greatest =
                first.envelope().id().compareTo(second.envelope().id()) > 0
                        ? first.envelope()
                        : second.envelope();
        machine().hear(List.of(first));
        machine().hear(List.of(second));
        hear("bob", "hour", 70);

        Envelope said = machine().said().getFirst().envelope();
        assertThat(said.id())
                .isEqualTo(
                        EventId.derived(
                                        EventId.noEarlierThan(
                                                at(70), UUID.fromString(greatest.id())),
                                        "visits@hour/" + hourly("ann", 0) + "/" + at(70),
                                        1,
                                        RECOMMENDATIONS,
                                        0)
                                .toString());
        assertThat(EventId.timeOf(UUID.fromString(said.id()))).isEqualTo(at(70));
        assertThat(said.causationId()).isEqualTo(greatest.id());
        assertThat(said.causedBy()).isEqualTo(greatest.causedBy());
        assertThat(said.correlationId()).isEqualTo(greatest.correlationId());
        assertThat(said.time()).isEqualTo(at(70));
    }

    @Test
    void duplicatesChangeNeitherWindowsNorTimers() {
        Message<ActivityEvent> one = viewed("ann", "hour", 5);
        machine().hear(List.of(one));
        hear("bob", "hour", 70);
        machine().hear(List.of(one, viewed("bob", "hour", 71), one));

        assertThat(said()).containsExactly("ann hour 1");
        assertThat(machine().counts()).containsExactly(5L, 3L, 2L, 0L);
        assertThat(machine().timers()).isEqualTo(Map.of("hour/" + hourly("bob", 60), at(130)));
    }

    private void hear(String user, String item, int... minutes) {
        machine()
                .hear(
                        Arrays.stream(minutes)
                                .mapToObj(minute -> viewed(user, item, minute))
                                .toList());
    }

    private List<String> said() {
        return machine().said().stream().map(message -> said(message.event())).toList();
    }

    static String said(RecommendationEvent event) {
        return event instanceof ListRefreshed list
                ? list.user() + " " + list.top().getFirst() + " " + list.version()
                : event.toString();
    }

    private static String hourly(String user, int minute) {
        return user + "|" + at(minute).getEpochSecond() / 3_600;
    }

    private static String hopping(String user, int minute) {
        return user + "|" + at(minute).getEpochSecond() / 1_800;
    }

    static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    /** Published when it happened. */
    private Message<ActivityEvent> viewed(String user, String item, int minute) {
        return viewed(made++, user, item, minute, minute);
    }

    private static Message<ActivityEvent> published(int minute, Message<ActivityEvent> message) {
        Viewed viewed = (Viewed) message.event();
        int happened = (int) Duration.between(START, message.envelope().time()).toMinutes();
        return viewed(
                1_000 + minute, viewed.user().value(), viewed.item().value(), happened, minute);
    }

    static Message<ActivityEvent> viewed(
            int number, String user, String item, int happened, int published) {
        Viewed viewed = new Viewed(new UserId(user), new ItemId(item), new OfferId("offer"));
        String name = "view-" + number;
        String id =
                EventId.ingested(at(published), ACTIVITY, Identity.of("app", name), 0).toString();
        return new Message<>(
                new Envelope(
                        id,
                        "farandole/ingestion",
                        ACTIVITY.typeOf(viewed),
                        ACTIVITY.subjectOf(viewed),
                        at(happened),
                        at(published),
                        "run-" + number,
                        name,
                        new Cause("app", name),
                        null,
                        null),
                viewed);
    }
}
