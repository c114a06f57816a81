package io.farandole.streams.running;

import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Processor;
import io.farandole.streams.Work;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a processor's state may be built anew; a new generation says nothing until it is active.
 */
final class Rebuildable {

    private Rebuildable() {}

    /**
     * Why not; null if it may.
     *
     * @param evenIfRead whether it may although others read what it says
     */
    static @Nullable String refusal(Processor processor, boolean evenIfRead) {
        if (processor.ring() == Processor.Ring.SOURCE) {
            return processor.name()
                    + " reads source topics, which the archive does not keep, and gives ids by the"
                    + " time of ingestion: it is never rebuilt";
        }
        if (evenIfRead) {
            return null;
        }
        List<Topic<?>> heard =
                processor.sinks().stream().filter(topic -> !deriving(topic).isEmpty()).toList();
        if (!heard.isEmpty()) {
            return processor.name()
                    + " is not terminal: it writes "
                    + heard.stream()
                            .map(
                                    topic ->
                                            topic
                                                    + ", which "
                                                    + String.join(", ", deriving(topic))
                                                    + " read")
                            .collect(Collectors.joining("; "))
                    + ". A rebuild says nothing again, so they would keep what the old state told"
                    + " them; say --even-if-read if that is what you want";
        }
        if (!processor.works().isEmpty()) {
            return processor.name()
                    + " does long work ("
                    + processor.works().stream().map(Work::name).collect(Collectors.joining(", "))
                    + "), which a rebuild does not do again; say --even-if-read if that is what you"
                    + " want";
        }
        return null;
    }

    // Who only keeps what was said has no state that a rebuild could contradict.
    private static List<String> deriving(Topic<?> topic) {
        return topic.readers().stream()
                .filter(reader -> !reader.equals(TopicCatalogue.ARCHIVE))
                .toList();
    }
}
