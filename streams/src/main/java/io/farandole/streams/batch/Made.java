package io.farandole.streams.batch;

import io.farandole.streams.Completion;
import io.farandole.streams.Composed;
import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a generation was made with, when it was registered.
 *
 * @param description a hash of what its processor was described to read, keep, show and say, and of
 *     its settings; null of a generation that was made before this was noted
 * @param code a hash of the class files in which its functions are written (steps, folds, timers,
 *     works), but not of what those call: another hash is other code, the same hash need not be the
 *     same; null as above
 * @param first where in the archive its first event stood; null if it has read nothing there
 * @param last where its last one did; null if it has read nothing there
 * @param lookedUp by which state of what it looks up it was completed, by the references' names:
 *     when that was, and its currency if it has one; empty if it was not
 */
public record Made(
        @Nullable String description,
        @Nullable String code,
        @Nullable Long first,
        @Nullable Long last,
        SortedMap<String, String> lookedUp) {

    private static final int BYTES = 6;

    public Made(
            @Nullable String description,
            @Nullable String code,
            @Nullable Long first,
            @Nullable Long last) {
        this(description, code, first, last, new TreeMap<>());
    }

    static String description(Processor processor) {
        MessageDigest digest = sha256();
        add(digest, processor.name() + processor.ring());
        for (Source<?> source : processor.sources()) {
            add(digest, source.topic().name() + source.stepNames());
            add(digest, "" + source.keepsOrder() + source.freshReferences() + source.joining());
        }
        for (Store<?> store : processor.stores()) {
            add(digest, store.name() + ValueShape.of(store.type()) + store.windows());
        }
        for (ReadModel readModel : processor.readModels()) {
            add(digest, readModel.name() + readModel.select());
        }
        processor.references().forEach(reference -> add(digest, reference.name()));
        processor.sinks().forEach(topic -> add(digest, topic.name()));
        processor.works().forEach(work -> add(digest, work.name()));
        processor.timers().forEach(timer -> add(digest, timer.name() + timer.domain()));
        Completion completion = processor.completion();
        add(digest, completion == null ? "" : completion.of().name());
        add(digest, processor.settings());
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    static String code(Processor processor) {
        Map<String, Class<?>> classes = new TreeMap<>();
        functions(processor)
                // Of a lambda, the class in which it is written.
                .map(function -> function.getClass().getNestHost())
                .forEach(host -> classes.put(host.getName(), host));
        MessageDigest digest = sha256();
        classes.forEach(
                (name, host) -> {
                    add(digest, name);
                    digest.update(classFile(host));
                });
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static Stream<Object> functions(Processor processor) {
        return Stream.of(
                        processor.sources().stream()
                                .flatMap(
                                        source ->
                                                Stream.<@Nullable Object>of(
                                                        source.steps(),
                                                        source.rows(),
                                                        source.fold(),
                                                        source.settling())),
                        processor.timers().stream()
                                .flatMap(timer -> Stream.of(timer.rows(), timer.fold())),
                        processor.works().stream()
                                .flatMap(work -> Stream.of(work.performing(), work.failing())),
                        Stream.ofNullable(processor.completion())
                                .flatMap(its -> Stream.of(its.rows(), its.making())))
                .<@Nullable Object>flatMap(all -> all)
                .filter(Objects::nonNull)
                .flatMap(
                        function ->
                                function instanceof Composed composed
                                        ? composed.parts().stream()
                                        : Stream.of(function));
    }

    private static byte[] classFile(Class<?> host) {
        String file = host.getName().substring(host.getPackageName().length() + 1) + ".class";
        try (InputStream in = host.getResourceAsStream(file)) {
            // What is made at run time, and is in no file, is known by its name alone.
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
