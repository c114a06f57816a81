package io.farandole.events.contract;

import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what is generated from the records: contracts, lock, tables. The one argument is this
 * module's folder.
 */
public final class GenerateContracts {

    private static final Path PROTO = Path.of("src", "main", "proto");
    private static final Path LOCK = PROTO.resolve("fields.lock");

    private GenerateContracts() {}

    public static void main(String[] arguments) throws IOException {
        Path module = Path.of(arguments.length == 0 ? "." : arguments[0]);
        List<String> breaks = lock(module).brokenBy(messages());
        if (!breaks.isEmpty()) {
            throw new IllegalStateException(
                    "Nothing was written; these changes break released contracts:\n  "
                            + String.join("\n  ", breaks));
        }
        for (Map.Entry<Path, String> file : files(module).entrySet()) {
            Files.createDirectories(file.getKey().toAbsolutePath().getParent());
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    /** Every generated file, with what should be in it. */
    static Map<Path, String> files(Path module) throws IOException {
        FieldLock lock = lock(module).grown(messages());
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(module.resolve(LOCK), lock.text());
        for (Topic<?> topic : TopicCatalogue.all()) {
            files.put(
                    module.resolve(PROTO).resolve(topic.name() + ".proto"),
                    ProtoFile.of(topic, lock));
        }
        for (Path page :
                List.of(module.resolve("README.md"), module.resolve("..").resolve("README.md"))) {
            if (Files.exists(page)) {
                files.put(page, TopicTable.in(Files.readString(page)));
            }
        }
        return files;
    }

    static FieldLock lock(Path module) throws IOException {
        Path lock = module.resolve(LOCK);
        return Files.exists(lock) ? FieldLock.parse(Files.readString(lock)) : FieldLock.empty();
    }

    static List<ContractMessage> messages() {
        return TopicCatalogue.all().stream()
                .flatMap(topic -> ContractMessage.of(topic).stream())
                .toList();
    }
}
