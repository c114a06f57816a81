package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.Row;
import java.time.Instant;
import java.util.Set;

/** Takes down what became of each message of a batch. */
interface Settlement<E extends Event> {

    void applied(Incoming<E> incoming, Instant eventTime);

    /** It is counted as late, and not kept. */
    void dropped(Incoming<E> incoming);

    void misfortune(Incoming<E> incoming, Misfortune misfortune);

    /** So much was put into the outbox. */
    void said(int outputs);

    /** So many messages were queued for long work. */
    void entrusted(int works);

    /** These rows have a value now and had none before. */
    void appeared(Set<Row<?>> rows);
}
