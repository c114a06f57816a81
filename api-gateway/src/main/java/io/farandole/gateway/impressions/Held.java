package io.farandole.gateway.impressions;

import io.farandole.events.Encoded;
import java.util.concurrent.Semaphore;

/** A message that neither the broker nor the outbox has yet, and the place that it takes. */
final class Held {

    private final Encoded message;
    private final String key;
    private final Semaphore room;
    private volatile boolean withBroker;
    private volatile long due = System.nanoTime();

    /**
     * @param room has one place less for it; due at once
     */
    Held(Encoded message, Semaphore room) {
        this.message = message;
        this.key = Outbox.id(message).toString();
        this.room = room;
    }

    Encoded message() {
        return message;
    }

    /** Its id: by time. */
    String key() {
        return key;
    }

    /** Whether the broker's client has it, and has not said what became of it. */
    boolean isWithBroker() {
        return withBroker;
    }

    /** The broker's client has it: it is due in so long. */
    void handed(long nanos) {
        withBroker = true;
        due = System.nanoTime() + nanos;
    }

    /** The broker did not take it: it is due now. */
    void comesBack() {
        withBroker = false;
        due = System.nanoTime();
    }

    void isDueNow() {
        due = System.nanoTime();
    }

    /** Whether the outbox is to have it. */
    boolean isDue() {
        return System.nanoTime() - due >= 0;
    }

    void free() {
        room.release();
    }
}
