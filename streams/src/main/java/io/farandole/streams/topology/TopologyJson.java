package io.farandole.streams.topology;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The topology as JSON: its records, member by member. */
public final class TopologyJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private TopologyJson() {}

    /** Indented; ends with a line's end. */
    public static String of(Topology topology) {
        return JSON.writeValueAsString(topology).replace("\r\n", "\n") + "\n";
    }
}
