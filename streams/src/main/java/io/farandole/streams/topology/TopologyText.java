package io.farandole.streams.topology;

import io.farandole.streams.Joining;
import io.farandole.streams.topology.ProcessorNode.ReferenceNode;
import io.farandole.streams.topology.ProcessorNode.SourceNode;
import io.farandole.streams.topology.ProcessorNode.StoreNode;
import io.farandole.streams.topology.ProcessorNode.TimerNode;
import io.farandole.streams.topology.ProcessorNode.WorkNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The topology as lines of text, processor by processor, as Kafka Streams describes one. */
public final class TopologyText {

    private final Topology topology;
    private final StringBuilder text = new StringBuilder();

    private TopologyText(Topology topology) {
        this.topology = topology;
    }

    /** Ends with a line's end. */
    public static String of(Topology topology) {
        TopologyText text = new TopologyText(topology);
        topology.processors().forEach(text::tell);
        return text.text.toString();
    }

    private void tell(ProcessorNode processor) {
        line(
                0,
                "Processor: %s (%s ring)"
                        .formatted(
                                processor.name(),
                                processor.ring().name().toLowerCase(Locale.ROOT)));
        processor.sources().forEach(this::tell);
        processor.references().forEach(this::tell);
        processor.stores().forEach(store -> tell(processor, store));
        processor
                .readModels()
                .forEach(view -> line(1, "Read model: " + processor.name() + "." + view));
        processor.works().forEach(this::tell);
        processor.timers().forEach(this::tell);
        if (processor.completedBy() != null) {
            line(
                    1,
                    "Completion: once each row of %s, when an archive was read to its end"
                            .formatted(processor.completedBy()));
        }
        processor.sinks().forEach(this::tellSink);
    }

    private void tell(SourceNode source) {
        List<String> how = new ArrayList<>();
        how.add("subscription: " + source.subscription());
        if (!source.steps().isEmpty()) {
            how.add("steps: " + String.join("|", source.steps()));
        }
        if (source.settled()) {
            how.add("settled once a key and batch");
        }
        if (source.freshReferences()) {
            how.add("references newer than the message");
        }
        if (source.keepsOrder()) {
            how.add("keeps order");
        }
        if (source.joining() != null) {
            how.add(words(source.joining()));
        }
        line(1, "Source: " + source.topic() + " (" + String.join(", ", how) + ")");
        line(2, "<-- " + parties(topic(source.topic()).writers()));
    }

    private void tell(ProcessorNode processor, StoreNode store) {
        line(
                1,
                "Store: %s.%s (values: %s%s)"
                        .formatted(
                                processor.name(),
                                store.name(),
                                store.values(),
                                store.windows() == null ? "" : ", " + store.windows().words()));
    }

    private void tell(TimerNode timer) {
        line(1, "Timer: %s (%s)".formatted(timer.name(), words(timer.domain().name())));
    }

    /** {@code left stream-stream join with served}. */
    private static String words(Joining joining) {
        return words(joining.kind().name())
                        .replace("stream table", "stream-table")
                        .replace("table table", "table-table")
                        .replace("stream stream", "stream-stream")
                + " join with "
                + joining.with();
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void tell(ReferenceNode reference) {
        line(
                1,
                "Reference: %s (%s, at most %s s old%s)"
                        .formatted(
                                reference.name(),
                                reference.type(),
                                number(reference.maxAgeSeconds()),
                                reference.current() ? ", the newest in each batch" : ""));
    }

    private void tell(WorkNode work) {
        line(
                1,
                "Work: %s (%s)"
                        .formatted(
                                work.name(),
                                work.attempts() == 0
                                        ? "tried as often as it takes"
                                        : "given up after " + work.attempts() + " attempts"));
    }

    private void tellSink(String sink) {
        line(1, "Sink: " + sink);
        line(2, "--> " + parties(topic(sink).readers()));
    }

    private TopicNode topic(String name) {
        return topology.topics().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("topic " + name + " is in no catalogue"));
    }

    private static String parties(List<String> names) {
        return names.isEmpty() ? "nobody" : String.join(", ", names);
    }

    private static String number(double seconds) {
        return seconds == Math.rint(seconds)
                ? Long.toString((long) seconds)
                : Double.toString(seconds);
    }

    private void line(int depth, String content) {
        if (depth == 0 && !text.isEmpty()) {
            text.append('\n');
        }
        text.append("   ".repeat(depth)).append(content).append('\n');
    }
}
