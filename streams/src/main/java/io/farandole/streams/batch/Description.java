package io.farandole.streams.batch;

import io.farandole.events.Topic;
import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Timer;
import io.farandole.streams.Work;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a description must be before tables are made from it. */
final class Description {

    /** What needs no quotes in SQL, and leaves room for a partition's suffix within 63 bytes. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private static final Set<String> TAKEN =
            Set.of(StreamsSchema.NAME, "public", "information_schema");

    private Description() {}

    static void check(Processor processor, InboxHorizon horizon) {
        checkName("processor", processor.name());
        if (TAKEN.contains(processor.name()) || processor.name().startsWith("pg_")) {
            throw refusal(processor, "its name is the name of another schema");
        }
        List<String> tables =
                Stream.concat(
                                processor.stores().stream().map(Store::name),
                                processor.readModels().stream().map(ReadModel::name))
                        .toList();
        tables.forEach(name -> checkName("store or read model", name));
        requireDistinct(processor, "store or read model", tables);
        requireDistinct(
                processor,
                "source",
                processor.sources().stream().map(source -> source.topic().name()).toList());
        List<String> works = processor.works().stream().map(Work::name).toList();
        works.forEach(name -> checkName("work", name));
        requireDistinct(processor, "work", works);
        List<String> timers = processor.timers().stream().map(Timer::name).toList();
        timers.forEach(name -> checkName("timer", name));
        requireDistinct(processor, "timer", timers);
        if (!timers.isEmpty() && processor.ring() == Processor.Ring.SOURCE) {
            throw refusal(
                    processor,
                    "it hears the SOURCE ring and has timers: what a timer says takes its id from"
                            + " the internal event that set it");
        }
        processor.sources().forEach(source -> checkSource(processor, source, horizon));
    }

    private static void checkSource(Processor processor, Source<?> source, InboxHorizon horizon) {
        Topic<?> topic = source.topic();
        if (!topic.ring().name().equals(processor.ring().name())) {
            throw refusal(
                    processor,
                    "it hears the "
                            + processor.ring()
                            + " ring, but topic "
                            + topic
                            + " is of the "
                            + topic.ring()
                            + " ring");
        }
        boolean dated = topic.ring() == Topic.Ring.INTERNAL;
        if (dated && topic.retention().toDays() > horizon.daysBack()) {
            throw refusal(
                    processor,
                    "topic "
                            + topic
                            + " keeps messages for "
                            + topic.retention().toDays()
                            + " days, but the inbox remembers only "
                            + horizon.daysBack()
                            + "; lengthen the horizon");
        }
    }

    private static void checkName(String kind, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalStateException(
                    kind
                            + " "
                            + name
                            + " cannot be prepared: a name is a small letter and up to 39 small"
                            + " letters, digits or underscores");
        }
    }

    private static void requireDistinct(Processor processor, String kind, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw refusal(processor, kind + " " + name + " is described twice");
            }
        }
    }

    private static IllegalStateException refusal(Processor processor, String reason) {
        return new IllegalStateException(
                "processor " + processor.name() + " cannot be prepared: " + reason);
    }
}
