package io.farandole.local.importing;

import io.farandole.events.Message;
import java.time.Clock;
import java.util.function.Consumer;

/** Events to be published: the same ones each time, by their ids. */
public interface EventSet {

    int eventCount();

    /** What there is: what users do later refers to it. */
    void offers(Clock clock, Consumer<Message<?>> consumer);

    /** Users, and what they did, as it happened. */
    void acts(Clock clock, Consumer<Message<?>> consumer);
}
