package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Topic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A processor, described: what it reads, keeps, looks up, says and does. How it is run is not its
 * business.
 *
 * @param completion what is made when the archive was read, in place of settling; null for nothing
 * @param settings what its functions were set to, as a text that differs where that does; empty for
 *     nothing
 */
public record Processor(
        String name,
        Ring ring,
        List<Source<?>> sources,
        List<Store<?>> stores,
        List<ReadModel> readModels,
        List<Reference<?>> references,
        List<Topic<?>> sinks,
        List<Work<?>> works,
        List<Timer> timers,
        @Nullable Completion completion,
        String settings) {

    /** Which kind of ids a processor sees, and so how it remembers what it has seen. */
    public enum Ring {
        /** Foreign ids of any shape: remembered by hash, without limit. Ingestion alone is here. */
        SOURCE,
        /**
         * Our own ids with ingestion time in front: remembered in daily partitions up to a horizon.
         */
        INTERNAL
    }

    /** Whether its folds have to know how far event time has come. */
    public boolean readsWatermark() {
        return stores.stream().anyMatch(Store::readsWatermark);
    }

    void requireSink(Topic<?> topic) {
        if (!sinks.contains(topic)) {
            throw new IllegalStateException(name + " does not declare that it writes " + topic);
        }
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Collects the parts of a description. */
    public static final class Builder {

        private final String name;
        private Ring ring = Ring.INTERNAL;
        private final List<Source<?>> sources = new ArrayList<>();
        private final List<Store<?>> stores = new ArrayList<>();
        private final List<ReadModel> readModels = new ArrayList<>();
        private final List<Reference<?>> references = new ArrayList<>();
        private final List<Topic<?>> sinks = new ArrayList<>();
        private final List<Work<?>> works = new ArrayList<>();
        private final List<Timer> timers = new ArrayList<>();
        private @Nullable Completion completion;
        private String settings = "";

        private Builder(String name) {
            this.name = name;
        }

        public Builder readsSourceRing() {
            ring = Ring.SOURCE;
            return this;
        }

        public <E extends Event> Builder reads(Source<E> source) {
            sources.add(source);
            return this;
        }

        public Builder keeps(Store<?> store) {
            stores.add(store);
            return this;
        }

        public Builder keeps(WindowStore<?> windows) {
            return keeps(windows.store());
        }

        public Builder keeps(SessionStore<?> sessions) {
            return keeps(sessions.store());
        }

        public Builder shows(ReadModel readModel) {
            readModels.add(readModel);
            return this;
        }

        public Builder looksUp(Reference<?> reference) {
            references.add(reference);
            return this;
        }

        public Builder says(Topic<?> topic) {
            sinks.add(topic);
            return this;
        }

        /** Its folds may entrust messages to this work. */
        public Builder does(Work<?> work) {
            works.add(work);
            return this;
        }

        /** Its folds may set this timer. */
        public Builder fires(Timer timer) {
            timers.add(timer);
            return this;
        }

        /** What its sources settle batch by batch is made so when the archive was read. */
        public Builder completedBy(Completion once) {
            completion = once;
            return this;
        }

        /**
         * What its functions go by besides events and rows: generations that were made with other
         * settings are told apart by it. Nothing secret, and nothing that only says where things
         * are.
         */
        public Builder setBy(Record those) {
            settings = those.toString();
            return this;
        }

        public Processor build() {
            return new Processor(
                    name,
                    ring,
                    List.copyOf(sources),
                    List.copyOf(stores),
                    List.copyOf(readModels),
                    List.copyOf(references),
                    List.copyOf(sinks),
                    List.copyOf(works),
                    List.copyOf(timers),
                    completion,
                    settings);
        }
    }
}
