package io.farandole.processors.objects;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Objects in memory, for tests; each fetch gives a directory of its own. */
public final class MemoryObjects implements ObjectStore {

    private final SortedMap<String, Map<String, byte[]>> objects = new ConcurrentSkipListMap<>();
    private final Path temporary;

    public MemoryObjects(Path temporary) {
        this.temporary = temporary;
    }

    @Override
    public LocalDraft draft() throws IOException {
        return LocalDraft.in(temporary);
    }

    @Override
    public void put(String prefix, Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        }
        ObjectPrefix.of(prefix);
        objects.putIfAbsent(prefix, files);
    }

    @Override
    public Path fetch(String prefix) throws IOException {
        ObjectPrefix.of(prefix);
        Map<String, byte[]> files = objects.get(prefix);
        if (files == null) {
            throw new NoSuchObject(prefix);
        }
        Path directory = Files.createTempDirectory(temporary, "object");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
        return directory;
    }

    @Override
    public URI address(String prefix) throws IOException {
        return fetch(prefix).toUri();
    }

    @Override
    public void delete(String prefix) {
        ObjectPrefix.of(prefix);
        objects.remove(prefix);
    }

    /** All prefixes of a kind, sorted. */
    public List<String> list(String kind) {
        return objects.keySet().stream().filter(name -> name.startsWith(kind + "/")).toList();
    }
}
