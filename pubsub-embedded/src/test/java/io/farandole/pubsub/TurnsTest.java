package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();
    private final List<Reply<String>> begun = new ArrayList<>();

    @Test
    void beginsTheNextWhenTheOneBeforeIsAnswered() {
        Answer<String> first = take("a");
        Answer<String> second = take("a");
        take("b");
        assertThat(begun).as("what goes on at once").hasSize(2);
        begun.getFirst().done("done");
        assertThat(first.await(ServerLife.PATIENCE)).isEqualTo("done");
        assertThat(begun).hasSize(3);
        begun.getLast().refused(Status.NOT_FOUND);
        assertThat(second.await(ServerLife.PATIENCE)).isNull();
        take("a");
        assertThat(begun).hasSize(4);
    }

    @Test
    void goesOnAfterOneThatFails() {
        Answer<String> failed = new Answer<>();
        turns.take(
                "a",
                new Reply<>(failed),
                _ -> {
                    throw new IllegalStateException("meant to fail");
                });
        assertThat(failed.await(ServerLife.PATIENCE)).isNull();
        assertThat(failed.refusal()).extracting(Status::getCode).isEqualTo(Status.Code.INTERNAL);
        take("a");
        assertThat(begun).hasSize(1);
    }

    @Test
    void letsAnyNumberWait() {
        take("a");
        List<Answer<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Answer<String> answer = new Answer<>();
            waiting.add(answer);
            turns.take("a", new Reply<>(answer), reply -> reply.refused(Status.NOT_FOUND));
        }
        assertThat(waiting).noneMatch(Answer::isDone);
        begun.getFirst().done("done");
        assertThat(waiting).allMatch(Answer::isDone);
    }

    @Test
    void letsNoTwoGoAtOnce() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Answer<String>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(8);
                ExecutorService disk = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < 10_000; i++) {
                Answer<String> answer = new Answer<>();
                answers.add(answer);
                callers.execute(
                        () ->
                                turns.take(
                                        "a",
                                        new Reply<>(answer),
                                        reply -> {
                                            most.accumulateAndGet(
                                                    atOnce.incrementAndGet(), Math::max);
                                            disk.execute(
                                                    () -> {
                                                        atOnce.decrementAndGet();
                                                        reply.done("done");
                                                    });
                                        }));
            }
            answers.forEach(
                    answer -> assertThat(answer.await(ServerLife.PATIENCE)).isEqualTo("done"));
        }
        assertThat(most).hasValue(1);
    }

    private Answer<String> take(String name) {
        Answer<String> answer = new Answer<>();
        turns.take(name, new Reply<>(answer), begun::add);
        return answer;
    }
}
