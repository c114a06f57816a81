package io.farandole.streams.topology;

import io.farandole.events.Kind;
import io.farandole.events.Topic;
import io.farandole.events.contract.OrderingKey;
import io.farandole.events.contract.PublishedContract;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The topology as an AsyncAPI 3.0 document: a channel for each topic, a message for each kind, an
 * operation for each topic that a processor reads or writes. What the bindings of Pub/Sub have no
 * place for is in members that begin with {@code x-}.
 */
public final class AsyncApiDocument {

    private static final String BINDING = "googlepubsub";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BINDING_VERSION = "0.2.0";

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final ObjectNode channels;
    private final ObjectNode operations;
    private final ObjectNode messages;
    private final Duration ackDeadline;

    private AsyncApiDocument(String version, Duration ackDeadline) {
        this.ackDeadline = ackDeadline;
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Farandole")
                .put("version", version)
                .put(
                        "description",
                        "What is said on which topic, and which processor hears it. Generated from"
                                + " the code: do not edit.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        document.put("defaultContentType", "application/json");
        ObjectNode servers = document.putObject("servers");
        server(servers, "google", "pubsub.googleapis.com", "Google Pub/Sub");
        server(servers, "laptop", "127.0.0.1:8085", "The embedded one, as farandole up starts it");
        channels = document.putObject("channels");
        operations = document.putObject("operations");
        ObjectNode components = document.putObject("components");
        messages = components.putObject("messages");
        ObjectNode schemas = components.putObject("schemas");
        for (Topic.Ring ring : Topic.Ring.values()) {
            schemas.set(envelopeOf(ring), EnvelopeSchema.of(ring));
        }
    }

    /**
     * Makes the document.
     *
     * @param version of what is described
     * @param ackDeadline that subscriptions are made with
     */
    public static ObjectNode of(
            List<Topic<?>> topics,
            List<Processor> processors,
            String version,
            Duration ackDeadline) {
        AsyncApiDocument made = new AsyncApiDocument(version, ackDeadline);
        topics.forEach(made::channel);
        processors.stream()
                .sorted(Comparator.comparing(Processor::name))
                .forEach(made::operationsOf);
        processors.stream()
                .sorted(Comparator.comparing(Processor::name))
                .map(ProcessorNode::of)
                .forEach(made::timesOf);
        return made.document;
    }

    private static void server(ObjectNode servers, String name, String host, String description) {
        servers.putObject(name)
                .put("host", host)
                .put("protocol", BINDING)
                .put("description", description);
    }

    private void channel(Topic<?> topic) {
        ObjectNode channel = channels.putObject(topic.name());
        channel.put("address", "projects/{project}/topics/" + topic.name());
        channel.put(
                "description",
                "The %s ring's topic of %s."
                        .formatted(
                                topic.ring().name().toLowerCase(Locale.ROOT),
                                topic.family().getSimpleName()));
        channel.putObject("parameters")
                .putObject("project")
                .put("description", "The project of Google Cloud")
                .put("default", "farandole-local");
        ObjectNode its = channel.putObject("messages");
        for (Kind kind : topic.kinds()) {
            reference(its.putObject(kind.name()), "components/messages/" + nameOf(topic, kind));
            message(topic, kind);
        }
        ObjectNode binding = binding(channel);
        binding.put("messageRetentionDuration", seconds(topic.retention()));
        binding.putObject("schemaSettings")
                .put("encoding", "json")
                .put("name", "projects/{project}/schemas/" + PublishedContract.schemaOf(topic));
        texts(channel.putArray("x-ordering-keys"), OrderingKey.allOf(topic));
        channel.put("x-sequenced", topic.sequenced());
        texts(channel.putArray("x-writers"), topic.writers());
        texts(channel.putArray("x-readers"), topic.readers());
    }

    private void message(Topic<?> topic, Kind kind) {
        ObjectNode message = messages.putObject(nameOf(topic, kind));
        message.put("name", topic.typeOf(kind));
        message.put("contentType", "application/json");
        reference(message.putObject("headers"), "components/schemas/" + envelopeOf(topic.ring()));
        message.set("payload", PayloadSchema.of(kind));
        ObjectNode binding = binding(message);
        binding.put("orderingKey", OrderingKey.of(topic, kind));
        binding.putObject("schema")
                .put("name", "projects/{project}/schemas/" + PublishedContract.schemaOf(topic));
    }

    private void operationsOf(Processor processor) {
        processor.sources().forEach(source -> receive(processor, source));
        processor.sinks().forEach(sink -> operation(processor, "send", "Sends", sink));
    }

    /** Windows and timers belong to no channel and no operation: they stand under its name. */
    private void timesOf(ProcessorNode processor) {
        ObjectNode windows = JsonNodeFactory.instance.objectNode();
        for (ProcessorNode.StoreNode store : processor.stores()) {
            if (store.windows() != null) {
                windows.set(store.name(), JSON.valueToTree(store.windows()));
            }
        }
        ObjectNode timers = JsonNodeFactory.instance.objectNode();
        processor.timers().forEach(timer -> timers.put(timer.name(), timer.domain().name()));
        if (windows.isEmpty() && timers.isEmpty()) {
            return;
        }
        ObjectNode its = document.withObject("x-processors").putObject(processor.name());
        if (!windows.isEmpty()) {
            its.set("windows", windows);
        }
        if (!timers.isEmpty()) {
            its.set("timers", timers);
        }
    }

    private void receive(Processor processor, Source<?> source) {
        ObjectNode operation = operation(processor, "receive", "Receives", source.topic());
        if (!source.stepNames().isEmpty()) {
            operation.put("x-steps", source.stepNames());
        }
        operation.put("x-keeps-order", source.keepsOrder());
        if (source.joining() != null) {
            operation
                    .putObject("x-join")
                    .put("kind", source.joining().kind().name())
                    .put("with", source.joining().with());
        }
        operation
                .putObject("x-subscription")
                .put("name", source.topic().subscriptionOf(processor.name()))
                .put("ackDeadlineSeconds", ackDeadline.toSeconds())
                .put("enableMessageOrdering", true)
                .put("messageRetentionDuration", seconds(source.topic().retention()))
                .put("expires", "never")
                .put("deadLetters", "in Postgres, streams.dead_letter");
    }

    private ObjectNode operation(Processor processor, String action, String word, Topic<?> topic) {
        ObjectNode operation = operations.putObject(processor.name() + word + capitalised(topic));
        operation.put("action", action);
        reference(operation.putObject("channel"), "channels/" + topic.name());
        operation.putArray("tags").addObject().put("name", processor.name());
        ArrayNode its = operation.putArray("messages");
        for (Kind kind : topic.kinds()) {
            reference(its.addObject(), "channels/" + topic.name() + "/messages/" + kind.name());
        }
        return operation;
    }

    private static ObjectNode binding(ObjectNode owner) {
        return owner.putObject("bindings")
                .putObject(BINDING)
                .put("bindingVersion", BINDING_VERSION);
    }

    private static void reference(ObjectNode node, String path) {
        node.put("$ref", "#/" + path);
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static String nameOf(Topic<?> topic, Kind kind) {
        return topic.name() + "." + kind.name();
    }

    /** {@code SourceRecords} for the topic {@code source-records}. */
    private static String capitalised(Topic<?> topic) {
        return Arrays.stream(topic.name().split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static String envelopeOf(Topic.Ring ring) {
        return ring.name().toLowerCase(Locale.ROOT) + "Envelope";
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
