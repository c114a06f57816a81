package io.farandole.streams.topology;

import io.farandole.streams.topology.Edge.Relation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The topology as a Mermaid flowchart, which GitHub and many an editor draw. */
public final class MermaidChart {

    private final StringBuilder text = new StringBuilder("flowchart LR\n");
    private final Map<String, String> ids = new LinkedHashMap<>();

    private MermaidChart() {}

    /** Without the fence that Markdown wants around it. */
    public static String of(Topology topology) {
        return new MermaidChart().draw(topology);
    }

    private String draw(Topology topology) {
        for (String outsider : topology.outsiders()) {
            node(Edge.outsider(outsider), "([", outsider, "])");
        }
        for (TopicNode topic : topology.topics()) {
            node(Edge.topic(topic.name()), "[/", topic.name(), "/]");
        }
        topology.processors().forEach(this::nodes);
        topology.edges().forEach(this::edge);
        text.append("  classDef processor stroke-width:3px\n");
        text.append("  class ")
                .append(
                        String.join(
                                ",",
                                topology.processors().stream()
                                        .map(processor -> id(Edge.processor(processor.name())))
                                        .toList()))
                .append(" processor\n");
        return text.toString();
    }

    private void nodes(ProcessorNode its) {
        node(Edge.processor(its.name()), "[", its.name(), "]");
        its.stores()
                .forEach(
                        store ->
                                node(
                                        Edge.part("store", its, store.name()),
                                        "[(",
                                        its.name()
                                                + "."
                                                + store.name()
                                                + (store.windows() == null
                                                        ? ""
                                                        : "<br>" + store.windows().words()),
                                        ")]"));
        its.readModels()
                .forEach(
                        view ->
                                node(
                                        Edge.part("read-model", its, view),
                                        "[[",
                                        its.name() + "." + view,
                                        "]]"));
        its.references()
                .forEach(
                        reference ->
                                node(
                                        Edge.part("reference", its, reference.name()),
                                        "[[",
                                        reference.name(),
                                        "]]"));
        its.works()
                .forEach(
                        work -> node(Edge.part("work", its, work.name()), "{{", work.name(), "}}"));
        its.timers()
                .forEach(
                        timer ->
                                node(
                                        Edge.part("timer", its, timer.name()),
                                        ">",
                                        timer.name()
                                                + ", "
                                                + timer.domain()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', ' '),
                                        "]"));
    }

    private void node(String name, String open, String label, String close) {
        text.append("  ")
                .append(id(name))
                .append(open)
                .append('"')
                .append(label.replace("\"", "#quot;"))
                .append('"')
                .append(close)
                .append('\n');
    }

    private void edge(Edge edge) {
        text.append("  ")
                .append(id(edge.from()))
                .append(arrow(edge.relation()))
                .append(id(edge.to()))
                .append('\n');
    }

    private static String arrow(Relation relation) {
        return switch (relation) {
            case READS, WRITES -> " --> ";
            case KEEPS -> " -. keeps .- ";
            case SHOWS -> " -. shows .-> ";
            case LOOKS_UP -> " -. looks up .-> ";
            case ENTRUSTS -> " -. entrusts .-> ";
            case JOINS -> " -. joins .-> ";
            case FIRES -> " -. fires .-> ";
        };
    }

    // Two names never share an id, whatever characters they lose.
    private String id(String name) {
        return ids.computeIfAbsent(
                name,
                wanted -> {
                    String id = wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
                    return ids.containsValue(id) ? id + "_" + ids.size() : id;
                });
    }
}
