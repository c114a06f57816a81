package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IsolatingTest {

    private final List<Integer> applied = new ArrayList<>();
    private final List<Integer> buried = new ArrayList<>();

    private static Receipt applied(int many) {
        return new Receipt(many, 0, 0, 0, 0, 0, 0, 0);
    }

    private Receipt bury(Integer one, Throwable failure) {
        buried.add(one);
        return new Receipt(0, 0, 0, 0, 1, 0, 0, 0);
    }

    private Receipt applyUnless(List<Integer> batch, int poison, String state) throws SQLException {
        if (batch.contains(poison)) {
            throw new SQLException("no", state);
        }
        applied.addAll(batch);
        return applied(batch.size());
    }

    @Test
    void buriesTheOneThatCannotBeStored() {
        List<Integer> batch = IntStream.range(0, 100).boxed().toList();

        Receipt receipt =
                new Isolating<Integer>(part -> applyUnless(part, 37, "22P05"), this::bury)
                        .apply(batch);

        assertThat(receipt).isEqualTo(new Receipt(99, 0, 0, 0, 1, 0, 0, 0));
        assertThat(buried).containsExactly(37);
        assertThat(applied).hasSize(99).isSorted();
    }

    @Test
    void buriesNothingWhenTheDatabaseIsInTrouble() {
        for (String state : List.of("08006", "57P01", "53300", "25006", "42P01", "40P01")) {
            assertThatThrownBy(
                            () ->
                                    new Isolating<Integer>(
                                                    part -> applyUnless(part, 1, state), this::bury)
                                            .apply(List.of(1, 2)))
                    .as(state)
                    .isInstanceOf(InfrastructureTrouble.class)
                    .hasMessageContaining(state);
        }
        assertThatThrownBy(
                        () ->
                                new Isolating<Integer>(
                                                _ -> {
                                                    throw new SQLException("pool is exhausted");
                                                },
                                                this::bury)
                                        .apply(List.of(1)))
                .isInstanceOf(InfrastructureTrouble.class);
        assertThat(buried).isEmpty();
    }

    @Test
    void triesAgainWhenOthersAreInTheWay() {
        List<String> ways = new ArrayList<>(List.of("40P01", "40001", "55P03"));
        Receipt receipt =
                new Isolating<Integer>(
                                batch -> {
                                    if (!ways.isEmpty()) {
                                        throw new SQLException("wait", ways.removeFirst());
                                    }
                                    return applied(batch.size());
                                },
                                this::bury)
                        .apply(List.of(1, 2, 3));

        assertThat(receipt).isEqualTo(applied(3));
        assertThat(ways).isEmpty();
    }

    @Test
    void saysWhenEvenBuryingFails() {
        assertThatThrownBy(
                        () ->
                                new Isolating<Integer>(
                                                part -> applyUnless(part, 1, "22021"),
                                                (_, _) -> {
                                                    throw new SQLException("full", "22000");
                                                })
                                        .apply(List.of(1)))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("dead-lettering a message");
    }
}
