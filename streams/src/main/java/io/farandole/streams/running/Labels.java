package io.farandole.streams.running;

import io.farandole.events.Topic;
import io.farandole.streams.batch.Generation;
import io.micrometer.core.instrument.Tags;

/**
 * By what numbers are told apart: who reads what, through which subscription; never by key.
 *
 * @param processor its name, or a landing's
 * @param generation its number among the processor's own; a landing has one
 */
record Labels(String processor, int generation, String topic, String subscription) {

    static Labels of(Generation generation, Topic<?> topic) {
        return new Labels(
                generation.processor(),
                generation.number(),
                topic.name(),
                generation.subscriptionOf(topic));
    }

    static Labels ofLanding(String name, Topic<?> topic) {
        return new Labels(name, 1, topic.name(), topic.subscriptionOf(name));
    }

    /** As the generation is called where one word has to do. */
    String label() {
        return Generation.label(processor, generation);
    }

    Tags tags() {
        return ofGeneration().and("topic", topic);
    }

    Tags ofGeneration() {
        return Tags.of("processor", processor, "generation", Integer.toString(generation));
    }
}
