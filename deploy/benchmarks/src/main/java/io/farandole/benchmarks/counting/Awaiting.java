package io.farandole.benchmarks.counting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Events that were sent and are not yet seen to be counted. One is seen when its row's count is at
 * least what it was once this event was in it.
 */
public final class Awaiting {

    private final Map<String, Queue<Due>> rows = new HashMap<>();
    private final List<Double> millis = new ArrayList<>();
    private final int warmUp;

    /**
     * @param warmUp the events with lower numbers do not count
     */
    Awaiting(int warmUp) {
        this.warmUp = warmUp;
    }

    private record Due(int number, int count, long nanos) {}

    synchronized void await(Fact fact, int count, long dueNanos) {
        rows.computeIfAbsent(fact.counted(), _ -> new ArrayDeque<>())
                .add(new Due(fact.number(), count, dueNanos));
    }

    /** The rows that are waited for. */
    public synchronized List<String> rows() {
        return List.copyOf(rows.keySet());
    }

    /** A reader sees this count now. */
    public synchronized void seen(String row, long count) {
        Queue<Due> dues = rows.get(row);
        if (dues == null) {
            return;
        }
        long now = System.nanoTime();
        for (Due due = dues.peek(); due != null && due.count() <= count; due = dues.peek()) {
            dues.remove();
            if (due.number() >= warmUp) {
                millis.add((now - due.nanos()) / 1e6);
            }
        }
        if (dues.isEmpty()) {
            rows.remove(row);
        }
    }

    synchronized int left() {
        return rows.values().stream().mapToInt(Queue::size).sum();
    }

    /** Of each event that counts, from when it was due to when it was seen; sorted. */
    synchronized List<Double> millis() {
        return millis.stream().sorted().toList();
    }
}
