package io.farandole.streams.topology;

import io.farandole.events.Topic;
import io.farandole.streams.Processor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processors and the topics between them: plain data, the same for the same descriptions.
 *
 * @param topics in the order of the catalogue
 * @param processors by name
 */
public record Topology(List<TopicNode> topics, List<ProcessorNode> processors, List<Edge> edges) {

    /**
     * @throws IllegalArgumentException if two processors have one name
     */
    public static Topology of(List<Topic<?>> topics, List<Processor> processors) {
        List<TopicNode> topicNodes = topics.stream().map(TopicNode::of).toList();
        List<ProcessorNode> processorNodes =
                processors.stream()
                        .map(ProcessorNode::of)
                        .sorted(Comparator.comparing(ProcessorNode::name))
                        .toList();
        Set<String> names = names(processorNodes);
        if (names.size() < processorNodes.size()) {
            throw new IllegalArgumentException(
                    "two processors have one name among "
                            + processorNodes.stream().map(ProcessorNode::name).toList());
        }
        List<Edge> edges = new ArrayList<>();
        topicNodes.forEach(topic -> edges.addAll(Edge.outside(topic, names)));
        processorNodes.forEach(processor -> edges.addAll(Edge.of(processor)));
        return new Topology(topicNodes, processorNodes, List.copyOf(edges));
    }

    /** Those who write topics or read them and are no processors, in the order of the catalogue. */
    public List<String> outsiders() {
        Set<String> names = names(processors);
        return topics.stream()
                .flatMap(topic -> Stream.concat(topic.writers().stream(), topic.readers().stream()))
                .filter(party -> !names.contains(party))
                .distinct()
                .toList();
    }

    /** Where the catalogue and the descriptions tell different stories, a sentence each. */
    public List<String> contradictions() {
        List<String> contradictions = new ArrayList<>();
        for (TopicNode topic : topics) {
            for (ProcessorNode processor : processors) {
                compare(
                        contradictions,
                        topic.readers().contains(processor.name()),
                        processor.sources().stream()
                                .anyMatch(source -> source.topic().equals(topic.name())),
                        processor.name() + " reads " + topic.name());
                compare(
                        contradictions,
                        topic.writers().contains(processor.name()),
                        processor.sinks().contains(topic.name()),
                        processor.name() + " writes " + topic.name());
            }
        }
        return List.copyOf(contradictions);
    }

    private static void compare(
            List<String> contradictions, boolean told, boolean described, String what) {
        if (told != described) {
            contradictions.add(
                    told
                            ? "the catalogue says that " + what + ", but it is not described so"
                            : what + ", but the catalogue does not say so");
        }
    }

    private static Set<String> names(List<ProcessorNode> processors) {
        return processors.stream().map(ProcessorNode::name).collect(Collectors.toSet());
    }
}
