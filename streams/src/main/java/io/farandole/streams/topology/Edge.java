package io.farandole.streams.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Something that flows, from one node to another; nodes are named {@code kind:name}: topics,
 * processors, those outside, and {@code kind:processor.name} what belongs to a processor.
 */
public record Edge(String from, String to, Relation relation) {

    /** What flows. */
    public enum Relation {
        /** Events, out of a topic. */
        READS,
        /** Events, into a topic. */
        WRITES,
        /** State, between a processor and its store. */
        KEEPS,
        /** A view over stores, for those who read with SQL. */
        SHOWS,
        /** What others show, into a processor. */
        LOOKS_UP,
        /** Messages, into long work. */
        ENTRUSTS,
        /** Rows, out of a store, to meet a source's messages. */
        JOINS,
        /** A time that has come, into the processor that set it. */
        FIRES
    }

    static String topic(String name) {
        return "topic:" + name;
    }

    static String processor(String name) {
        return "processor:" + name;
    }

    /** Somebody who writes or reads and is no processor. */
    static String outsider(String name) {
        return "outside:" + name;
    }

    static String part(String kind, ProcessorNode processor, String name) {
        return kind + ":" + processor.name() + "." + name;
    }

    /** Between a topic and those who are no processors. */
    static List<Edge> outside(TopicNode topic, Set<String> processors) {
        List<Edge> edges = new ArrayList<>();
        for (String writer : topic.writers()) {
            if (!processors.contains(writer)) {
                edges.add(new Edge(outsider(writer), topic(topic.name()), Relation.WRITES));
            }
        }
        for (String reader : topic.readers()) {
            if (!processors.contains(reader)) {
                edges.add(new Edge(topic(topic.name()), outsider(reader), Relation.READS));
            }
        }
        return edges;
    }

    /** Between a processor and what it reads, keeps, looks up, does and says. */
    static List<Edge> of(ProcessorNode its) {
        String node = processor(its.name());
        List<Edge> edges = new ArrayList<>();
        its.sources().forEach(s -> edges.add(new Edge(topic(s.topic()), node, Relation.READS)));
        its.references()
                .forEach(
                        r ->
                                edges.add(
                                        new Edge(
                                                part("reference", its, r.name()),
                                                node,
                                                Relation.LOOKS_UP)));
        its.stores()
                .forEach(
                        s ->
                                edges.add(
                                        new Edge(
                                                node,
                                                part("store", its, s.name()),
                                                Relation.KEEPS)));
        its.sources().stream()
                .map(ProcessorNode.SourceNode::joining)
                .filter(Objects::nonNull)
                .map(joining -> part("store", its, joining.with()))
                .distinct()
                .forEach(store -> edges.add(new Edge(store, node, Relation.JOINS)));
        its.timers()
                .forEach(
                        timer ->
                                edges.add(
                                        new Edge(
                                                part("timer", its, timer.name()),
                                                node,
                                                Relation.FIRES)));
        its.readModels()
                .forEach(
                        view ->
                                edges.add(
                                        new Edge(
                                                node,
                                                part("read-model", its, view),
                                                Relation.SHOWS)));
        its.works()
                .forEach(
                        w ->
                                edges.add(
                                        new Edge(
                                                node,
                                                part("work", its, w.name()),
                                                Relation.ENTRUSTS)));
        its.sinks().forEach(sink -> edges.add(new Edge(node, topic(sink), Relation.WRITES)));
        return edges;
    }
}
