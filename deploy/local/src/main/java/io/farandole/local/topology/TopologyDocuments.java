package io.farandole.local.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents that are committed, with what should be in them. */
public final class TopologyDocuments {

    /** Makes them anew. */
    public static final String COMMAND = "./farandole topology --write docs";

    private final Map<String, String> files = new LinkedHashMap<>();

    public TopologyDocuments(PlatformTopology platform) {
        files.put("topology.md", page(platform));
        files.put("topology.json", platform.json());
        files.put("asyncapi.yaml", generated("#", platform.asyncApiYaml()));
    }

    /** By file name. */
    public Map<String, String> files() {
        return Map.copyOf(files);
    }

    /** Writes them; the directory is made if it is not there. */
    public List<Path> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        return files.keySet().stream().map(directory::resolve).toList();
    }

    private static String page(PlatformTopology platform) {
        return """
        # The topology

        Which processor reads what, keeps what and says what. Made from the code by `%s`; a test fails while
        it differs. The same as data is in [topology.json](topology.json), and for tools that know AsyncAPI 3 in
        [asyncapi.yaml](asyncapi.yaml).

        Slanted boxes are Pub/Sub topics, bold ones processors, cylinders their stores with their windows, double-edged
        boxes read models, hexagons long work, notched ones timers; round ones are outside.

        ```mermaid
        %s```

        ```
        %s```
        """
                .formatted(COMMAND, platform.mermaid(), platform.text());
    }

    private static String generated(String comment, String content) {
        return comment + " Made from the code by " + COMMAND + ": do not edit.\n" + content;
    }
}
