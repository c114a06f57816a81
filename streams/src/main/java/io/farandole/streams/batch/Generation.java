package io.farandole.streams.batch;

import io.farandole.events.Topic;

/**
 * One attempt at a processor's state.
 *
 * @param id its number among all processors' generations, which is in every row it owns
 * @param number its number among the processor's own
 */
public record Generation(int id, String processor, int number) {

    /** A partition of this generation. */
    String partitionOf(String table) {
        return table + "_g" + id;
    }

    /**
     * Through what it reads a topic: the first generation through the subscription of the topic
     * catalogue, each later one through one of its own beside it.
     */
    public String subscriptionOf(Topic<?> topic) {
        return topic.subscriptionOf(label());
    }

    /** The processor's name, and behind it the number of any generation but the first. */
    public String label() {
        return label(processor, number);
    }

    /** The label of the generation of that number. */
    public static String label(String processor, int number) {
        return number == 1 ? processor : processor + ".g" + number;
    }
}
