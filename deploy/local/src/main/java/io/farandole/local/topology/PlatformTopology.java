package io.farandole.local.topology;

import io.farandole.events.TopicCatalogue;
import io.farandole.orchestrator.provisioning.Provisioning;
import io.farandole.orchestrator.runs.Runs;
import io.farandole.processors.Descriptions;
import io.farandole.streams.Processor;
import io.farandole.streams.topology.AsyncApiDocument;
import io.farandole.streams.topology.MermaidChart;
import io.farandole.streams.topology.Topology;
import io.farandole.streams.topology.TopologyJson;
import io.farandole.streams.topology.TopologyText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** All processors of the platform with the topics between them; nothing has to run for it. */
public final class PlatformTopology {

    private static final String VERSION = "0.1.0";
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .disable(YAMLWriteFeature.SPLIT_LINES)
                    .build();

    private final List<Processor> processors;
    private final Topology topology;

    private PlatformTopology(List<Processor> processors) {
        this.processors = processors;
        this.topology = Topology.of(TopicCatalogue.all(), processors);
    }

    /** Reads the descriptions of every module that has some. */
    public static PlatformTopology read() {
        return new PlatformTopology(
                Stream.concat(Descriptions.all().stream(), Stream.of(Runs.describe())).toList());
    }

    public Topology topology() {
        return topology;
    }

    public String text() {
        return TopologyText.of(topology);
    }

    public String mermaid() {
        return MermaidChart.of(topology);
    }

    public String json() {
        return TopologyJson.of(topology);
    }

    public ObjectNode asyncApi() {
        return AsyncApiDocument.of(
                TopicCatalogue.all(),
                processors,
                VERSION,
                Duration.ofSeconds(Provisioning.ACK_DEADLINE_SECONDS));
    }

    public String asyncApiYaml() {
        return YAML.writeValueAsString(asyncApi());
    }
}
