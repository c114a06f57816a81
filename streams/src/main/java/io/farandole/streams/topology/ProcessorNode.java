package io.farandole.streams.topology;

import io.farandole.events.Topic;
import io.farandole.streams.Joining;
import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Reference;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Timer;
import io.farandole.streams.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A processor with its parts, in the order in which they are described.
 *
 * @param completedBy the store of which something is made for each row when an archive was read;
 *     null for nothing
 */
public record ProcessorNode(
        String name,
        Processor.Ring ring,
        List<SourceNode> sources,
        List<StoreNode> stores,
        List<String> readModels,
        List<ReferenceNode> references,
        List<String> sinks,
        List<WorkNode> works,
        List<TimerNode> timers,
        @Nullable String completedBy) {

    /**
     * A topic that it reads.
     *
     * @param steps the stateless steps by name, in order
     * @param settled whether something is done once a subject and micro-batch
     * @param freshReferences whether references must be newer than the message
     * @param keepsOrder whether a message that fails parks its key
     * @param joining what its messages are joined with; null for nothing
     */
    public record SourceNode(
            String topic,
            String subscription,
            List<String> steps,
            boolean settled,
            boolean freshReferences,
            boolean keepsOrder,
            @Nullable Joining joining) {

        private static SourceNode of(Source<?> source, String processor) {
            return new SourceNode(
                    source.topic().name(),
                    source.topic().subscriptionOf(processor),
                    source.stepNames().isEmpty()
                            ? List.of()
                            : List.of(source.stepNames().split("\\|", -1)),
                    source.settling() != null,
                    source.freshReferences(),
                    source.keepsOrder(),
                    source.joining());
        }
    }

    /**
     * Keyed state of its own.
     *
     * @param values the record that a value is
     * @param windows null if its keys are in none
     */
    public record StoreNode(String name, String values, @Nullable WindowsNode windows) {}

    /**
     * Others' read models that it looks up.
     *
     * @param current whether each batch makes sure that it is the newest
     */
    public record ReferenceNode(String name, String type, double maxAgeSeconds, boolean current) {}

    /**
     * Long work.
     *
     * @param attempts how often it is tried; 0 for as often as it takes
     */
    public record WorkNode(String name, int attempts) {}

    /** What it does about a key when a time has come. */
    public record TimerNode(String name, Timer.Domain domain) {}

    static ProcessorNode of(Processor processor) {
        return new ProcessorNode(
                processor.name(),
                processor.ring(),
                processor.sources().stream()
                        .map(source -> SourceNode.of(source, processor.name()))
                        .toList(),
                processor.stores().stream().map(ProcessorNode::store).toList(),
                processor.readModels().stream().map(ReadModel::name).toList(),
                processor.references().stream().map(ProcessorNode::reference).toList(),
                processor.sinks().stream().map(Topic::name).toList(),
                processor.works().stream().map(ProcessorNode::work).toList(),
                processor.timers().stream()
                        .map(timer -> new TimerNode(timer.name(), timer.domain()))
                        .toList(),
                processor.completion() == null ? null : processor.completion().of().name());
    }

    private static StoreNode store(Store<?> store) {
        return new StoreNode(
                store.name(),
                store.type().getSimpleName(),
                store.windows() == null ? null : WindowsNode.of(store.windows()));
    }

    private static ReferenceNode reference(Reference<?> reference) {
        return new ReferenceNode(
                reference.name(),
                reference.type().getSimpleName(),
                reference.maxAge().toMillis() / 1_000.0,
                reference.currency() != null);
    }

    private static WorkNode work(Work<?> work) {
        return new WorkNode(work.name(), work.attempts());
    }
}
