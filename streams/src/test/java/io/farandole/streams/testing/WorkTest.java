package io.farandole.streams.testing;

import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;
import static io.farandole.events.TopicCatalogue.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Failed;
import io.farandole.events.TrainingEvent.Requested;
import io.farandole.events.UserId;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Saying;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Long work, as a driver performs it. */
class WorkTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Store<Asked> ASKED = new Store<>("asked", Asked.class);

    /** How often a run was asked for. */
    record Asked(int times) {}

    private final Deque<Exception> troubles = new ArrayDeque<>();
    private final Work<TrainingEvent> patient = work("patient", 3);
    private final Work<TrainingEvent> endless = work("endless", 0);
    private final Map<String, Work<TrainingEvent>> works =
            Map.of("patient", patient, "endless", endless, "foreign", work("foreign", 1));
    private final ProcessorDriver driver =
            ProcessorDriver.of(
                    Processor.named("judge")
                            .reads(
                                    Source.of(
                                                    TRAINING,
                                                    (message, touched) ->
                                                            touched.update(ASKED.at("all")),
                                                    this::fold)
                                            .settledBy(this::settle))
                            .keeps(ASKED)
                            .says(TRAINING)
                            .does(patient)
                            .does(endless)
                            .build());

    @Test
    void isQueuedOnceAndPerformedOnDemand() {
        driver.pipe(TRAINING, requested("patient"), NOON);
        driver.duplicate();
        assertThat(driver.queuedWork()).extracting(QueuedWork::work).containsExactly("patient");
        assertThat(driver.said(TRAINING)).isEmpty();

        driver.performWork(NOON.plus(Duration.ofMinutes(5)));
        assertThat(driver.queuedWork()).isEmpty();
        Message<TrainingEvent> said = driver.said(TRAINING).getFirst();
        assertThat(said.event()).isEqualTo(failed("patient done"));
        assertThat(said.envelope().time()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
        driver.performWork();
        assertThat(driver.said(TRAINING)).hasSize(1);
    }

    @Test
    void isTriedAgainAndGivenUp() {
        troubles.add(new IllegalStateException("once"));
        driver.pipe(TRAINING, requested("patient"), NOON);
        driver.performWork();
        assertThat(driver.said(TRAINING)).hasSize(1);

        troubles.addAll(
                List.of(new Exception("one"), new Exception("two"), new Exception("three")));
        driver.pipe(TRAINING, requested("patient"), NOON);
        driver.performWork();
        assertThat(driver.said(TRAINING))
                .extracting(Message::event)
                .containsExactly(failed("patient done"), failed("patient: three"));
        assertThat(driver.queuedWork()).isEmpty();
    }

    @Test
    void staysQueuedWhereItIsNeverGivenUp() {
        troubles.add(new Exception("one"));
        driver.pipe(TRAINING, requested("endless"), NOON);
        driver.performWork();

        QueuedWork left = driver.queuedWork().getFirst();
        assertThat(left.attempts()).isEqualTo(1);
        assertThat(left.lastFailure()).hasMessage("one");
        driver.performWork();
        assertThat(driver.said(TRAINING)).hasSize(1);
    }

    @Test
    void isDroppedWithTheLayerOfItsMessage() {
        Message<TrainingEvent> fine =
                driver.message(
                        TRAINING, new Requested(new RunId("r1"), "patient", List.of()), NOON);
        Message<TrainingEvent> refused =
                driver.message(
                        TRAINING, new Requested(new RunId("r1"), "patient-late", List.of()), NOON);
        Message<TrainingEvent> unsettled =
                driver.message(
                        TRAINING, new Requested(new RunId("r2"), "unsettled", List.of()), NOON);

        List<Optional<Outcome>> outcomes =
                driver.pipeTogether(TRAINING, List.of(fine, refused, unsettled));

        assertThat(outcomes.get(1)).containsInstanceOf(Outcome.Late.class);
        assertThat(outcomes.get(2)).containsInstanceOf(Outcome.Failed.class);
        assertThat(driver.queuedWork()).extracting(QueuedWork::message).containsExactly(fine);
    }

    @Test
    void isRefusedWhereItIsNotDeclared() {
        driver.pipe(TRAINING, requested("foreign"), NOON);
        assertThat(driver.failures().getFirst().cause())
                .hasMessage("judge does not declare that it does foreign");
        assertThat(driver.queuedWork()).isEmpty();
    }

    @Test
    void givesEachPartOfAProcessorIdsOfItsOwn() {
        Work<TrainingEvent> one = work("one", 1);
        Work<TrainingEvent> two = work("two", 1);
        ProcessorDriver both =
                ProcessorDriver.of(
                        Processor.named("judge")
                                .reads(
                                        Source.of(
                                                TRAINING,
                                                (_, _) -> {},
                                                (_, context) -> {
                                                    context.say(TRAINING, failed("fold"));
                                                    context.entrust(one);
                                                    context.entrust(two);
                                                    return Outcome.APPLIED;
                                                }))
                                .says(TRAINING)
                                .does(one)
                                .does(two)
                                .build());
        both.pipe(TRAINING, requested("x"), NOON);
        troubles.add(new Exception("no"));
        both.performWork();

        assertThat(both.said(TRAINING))
                .extracting(said -> said.envelope().id())
                .doesNotHaveDuplicates()
                .hasSize(3);
        ProcessorDriver done = both.permute(1).performWork();
        assertThat(done.said(TRAINING).get(1).envelope().id())
                .isNotEqualTo(both.said(TRAINING).get(1).envelope().id());
        assertThat(done.said(TRAINING).get(2)).isEqualTo(both.said(TRAINING).get(2));
    }

    @Test
    void aSayingIsOfItsTopic() {
        ListRefreshed refreshed =
                new ListRefreshed(new UserId("ann"), 1, List.of(new ItemId("i")), null);
        assertThat(new Saying(RECOMMENDATIONS, refreshed).event()).isEqualTo(refreshed);
        assertThatThrownBy(() -> new Saying(TRAINING, refreshed))
                .hasMessage("ListRefreshed is no event of topic training");
    }

    private Outcome fold(Message<TrainingEvent> message, Context context) {
        String by = ((Requested) message.event()).by();
        context.put(ASKED.at("all"), new Asked(1));
        Work<TrainingEvent> work = works.get(by);
        if (work == null) {
            context.entrust(patient);
            return by.endsWith("late") ? new Outcome.Late("late") : Outcome.APPLIED;
        }
        context.entrust(work);
        return Outcome.APPLIED;
    }

    private void settle(Message<TrainingEvent> last, Context context) {
        String by = ((Requested) last.event()).by();
        if (by.equals("unsettled")) {
            throw new IllegalStateException("cannot be settled");
        }
        context.entrust(works.getOrDefault(by, patient));
    }

    private Work<TrainingEvent> work(String name, int attempts) {
        return new Work<>(
                name,
                _ -> {
                    if (!troubles.isEmpty()) {
                        throw troubles.remove();
                    }
                    return List.of(new Saying(TRAINING, failed(name + " done")));
                },
                (_, reason) -> List.of(new Saying(TRAINING, failed(name + ": " + reason))),
                attempts);
    }

    private static Requested requested(String by) {
        return new Requested(new RunId("r1"), by, List.of());
    }

    private static Failed failed(String reason) {
        return new Failed(new RunId("r1"), "judge", reason);
    }
}
