package io.farandole.pubsub.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final Occasion ANN = new Occasion("t", "s", "ann");
    private static final Occasion BOB = new Occasion("t", "s", "bob");
    private static final Occasion ELSEWHERE = new Occasion("t", "other", "ann");
    private static final Occasion PUBLISH = Occasion.publish("t", "ann");

    private final Faults faults = new Faults();
    private final RecordingServer server = new RecordingServer();
    private final Injection injection = new Injection(faults, server);

    @Test
    void areNoneUnlessTheyAreAskedFor() {
        assertThat(injection.isQuiet()).isTrue();
        assertThat(struck(ANN)).isEmpty();
        assertThat(injection.delayMillis(ANN, 1)).isZero();
        assertThat(injection.failsPublish(PUBLISH)).isEmpty();
        assertThat(injection.isFrozen(ANN)).isFalse();
    }

    @Test
    void strikeTheSameMessagesForTheSameSeedWhateverTheOrderAndTheIds() {
        faults.seed(7).everywhere().duplicate().chance(0.1);
        List<Long> first = struck(ANN);
        faults.clear();
        faults.seed(7).everywhere().duplicate().chance(0.1);
        injection.countFrom(5_000_000);
        List<Long> again = new ArrayList<>();
        for (long number = 9_999; number >= 0; number--) {
            if (injection.strikes(Fault.DUPLICATE, ANN, 5_000_000 + number, 1)) {
                again.addFirst(number);
            }
        }
        assertThat(again).isEqualTo(first).hasSizeBetween(850, 1_150);
        faults.clear();
        injection.countFrom(0);
        faults.seed(8).everywhere().duplicate().chance(0.1);
        assertThat(struck(ANN)).isNotEqualTo(first);
    }

    @Test
    void drawForEachRuleByItself() {
        faults.everywhere().duplicate().chance(0.5);
        List<Long> duplicated = struck(ANN);
        faults.everywhere().dropAcknowledgements().chance(0.5);
        assertThat(
                        duplicated.stream()
                                .filter(
                                        id ->
                                                injection.strikes(
                                                        Fault.DROP_ACKNOWLEDGEMENT, ANN, id, 1)))
                .hasSizeBetween(duplicated.size() * 4 / 10, duplicated.size() * 6 / 10);
    }

    @Test
    void strikeSoManyTimesAndAreCounted() {
        Rule rule = faults.onTopic("t").failPublishes(Status.Code.ABORTED).times(2);
        assertThat(injection.failsPublish(PUBLISH).orElseThrow().status().getCode())
                .isEqualTo(Status.Code.ABORTED);
        assertThat(injection.failsPublish(PUBLISH)).isPresent();
        assertThat(injection.failsPublish(PUBLISH)).isEmpty();
        assertThat(rule.injected()).isEqualTo(2);
        assertThat(faults.injected(Fault.FAIL_PUBLISH)).isEqualTo(2);
        assertThat(faults.injected()).containsEntry(Fault.DUPLICATE, 0L);
    }

    @Test
    void strikeOnlyWhereTheyAreToAndUntilTheyEnd() {
        Rule rule = faults.onSubscription("s").key("ann").duplicate().always();
        assertThat(struck(ANN)).hasSize(10_000);
        assertThat(struck(BOB)).isEmpty();
        assertThat(struck(ELSEWHERE)).isEmpty();
        rule.end();
        assertThat(struck(ANN)).isEmpty();
        faults.onTopic("t").duplicate().always();
        faults.onTopic("unknown").dropAcknowledgements().always();
        assertThat(injection.strikes(Fault.DUPLICATE, ELSEWHERE, 1, 1)).isTrue();
        assertThat(injection.strikes(Fault.DROP_ACKNOWLEDGEMENT, ANN, 1, 1)).isFalse();
        faults.clear();
        assertThat(injection.isQuiet()).isTrue();
    }

    @Test
    void delayByOneTimeAndReorderByMany() {
        faults.everywhere().delay(Duration.ofSeconds(3)).times(1);
        assertThat(injection.delayMillis(ANN, 1)).isEqualTo(3_000);
        assertThat(injection.delayMillis(ANN, 2)).isZero();
        faults.everywhere().reorder(Duration.ofMillis(500)).always();
        assertThat(
                        LongStream.range(0, 1_000)
                                .map(id -> injection.delayMillis(ANN, id))
                                .distinct()
                                .boxed())
                .hasSizeGreaterThan(300)
                .allMatch(delay -> delay >= 1 && delay <= 500);
    }

    @Test
    void holdBackWhatIsFrozenAndLetItGoOnInOrder() {
        List<String> done = new ArrayList<>();
        Frozen topic = faults.onTopic("t").freeze();
        Frozen again = faults.onTopic("t").freeze();
        injection.whenThawed(PUBLISH, () -> done.add("1"));
        injection.whenThawed(PUBLISH, () -> done.add("2"));
        injection.whenThawed(Occasion.publish("u", ""), () -> done.add("other topic"));
        injection.whenThawed(() -> done.add("other call"));
        assertThat(injection.isFrozen(ANN)).isFalse();
        assertThat(done).containsExactly("other topic", "other call");
        assertThat(topic.held()).isEqualTo(2);
        topic.close();
        assertThat(again.held()).isEqualTo(2);
        again.close();
        again.close();
        assertThat(done).endsWith("1", "2").hasSize(4);
        assertThat(server.thawed).isEqualTo(2);
        assertThat(injection.isQuiet()).isTrue();
    }

    @Test
    void freezeASubscriptionOrEverything() {
        List<String> done = new ArrayList<>();
        try (var _ = faults.onSubscription("s").freeze()) {
            assertThat(injection.isFrozen(ANN)).isTrue();
            assertThat(injection.isFrozen(ELSEWHERE)).isFalse();
            injection.whenThawed(() -> done.add("call"));
        }
        assertThat(done).containsExactly("call");
        faults.everywhere().freeze();
        assertThat(injection.isFrozen(ELSEWHERE)).isTrue();
        injection.whenThawed(() -> done.add("held"));
        assertThat(done).hasSize(1);
        faults.clear();
        assertThat(done).endsWith("held");
        assertThat(faults.injected(Fault.FREEZE)).isEqualTo(2);
    }

    @Test
    void endOpenStreamsWhereTheyAreTo() {
        assertThat(faults.onSubscription("s").killOpenStreams(Status.Code.UNAVAILABLE))
                .isEqualTo(1);
        assertThat(server.meant.test(ANN)).isTrue();
        assertThat(server.meant.test(ELSEWHERE)).isFalse();
        assertThat(faults.injected(Fault.KILL_STREAM)).isEqualTo(1);
        injection.close();
        assertThat(faults.everywhere().killOpenStreams(Status.Code.UNAVAILABLE)).isZero();
    }

    @Test
    void refuseWhatMakesNoSense() {
        refused(() -> faults.onSubscription("s").failPublishes(Status.Code.UNAVAILABLE));
        refused(() -> faults.everywhere().failPublishes(Status.Code.OK));
        refused(() -> faults.everywhere().duplicate().chance(1.1));
        refused(() -> faults.everywhere().duplicate().chance(Double.NaN));
        refused(() -> faults.everywhere().duplicate().times(0));
        refused(() -> faults.everywhere().delay(Duration.ZERO));
        refused(() -> faults.onTopic("t").key("ann").freeze());
        refused(() -> faults.onTopic("t").key("ann").killStreams(Status.Code.UNAVAILABLE));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Long> struck(Occasion occasion) {
        return LongStream.range(0, 10_000)
                .filter(id -> injection.strikes(Fault.DUPLICATE, occasion, id, 1))
                .boxed()
                .toList();
    }

    private static final class RecordingServer implements Faults.Server {
        Predicate<Occasion> meant = _ -> false;
        int thawed;

        @Override
        public int killStreams(Predicate<Occasion> place, Status status) {
            meant = place;
            return 1;
        }

        @Override
        public void thawed() {
            thawed++;
        }
    }
}
