package io.farandole.recommenders.dataset;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code user<TAB>item[<TAB>value[<TAB>timestamp]]} lines in UTF-8, or with commas, or
 * with a header such as MovieLens' {@code userId,movieId,rating,timestamp}, or of one line a user;
 * gzipped if its name ends in {@code .gz}. Ids are strings; timestamps are seconds or milliseconds
 * since 1970, told apart by their size, or {@code millis} in the header; empty lines are passed
 * over.
 */
public record InteractionFile(Path path, FileShape shape) {

    /** Its shape is found from its first lines. */
    public InteractionFile(Path path) {
        this(path, FileShape.FOUND);
    }

    /**
     * Every interaction, in the file's order, one at a time.
     *
     * @throws UnreadableInteractions at the first line that is malformed, with its place and reason
     */
    public void forEach(Consumer<Interaction> consumer) {
        long number = 0;
        try (BufferedReader lines = reader()) {
            List<String> first = new ArrayList<>();
            while (first.size() < FileShape.LOOKED_AT) {
                String line = lines.readLine();
                if (line == null) {
                    break;
                }
                number++;
                first.add(first.isEmpty() ? withoutMark(line) : line);
            }
            Reading reading = Reading.of(this, first);
            for (int i = 0; i < first.size(); i++) {
                reading.line(first.get(i), i + 1, consumer);
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.line(line, ++number, consumer);
            }
        } catch (CharacterCodingException e) {
            throw new UnreadableInteractions(path, "not UTF-8 after line " + number, e);
        } catch (NoSuchFileException e) {
            throw new UnreadableInteractions(path, "there is no such file", e);
        } catch (IOException e) {
            throw new UnreadableInteractions(path, "cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * All interactions; equal ids share one string.
     *
     * @throws UnreadableInteractions as {@link #forEach}
     */
    public List<Interaction> read() {
        List<Interaction> interactions = new ArrayList<>();
        Map<String, String> ids = new HashMap<>();
        forEach(
                interaction ->
                        interactions.add(
                                new Interaction(
                                        shared(ids, interaction.user()),
                                        shared(ids, interaction.item()),
                                        interaction.value(),
                                        interaction.at())));
        return interactions;
    }

    /** Writes them, with tabs, below a header, times in milliseconds. */
    public void write(Collection<Interaction> interactions) throws IOException {
        try (BufferedWriter writer =
                new BufferedWriter(new OutputStreamWriter(out(), StandardCharsets.UTF_8))) {
            writer.write(Line.HEADER);
            for (Interaction interaction : interactions) {
                writer.write(Line.of(interaction));
                writer.write('\n');
            }
        }
    }

    /** What a line is taken for, once the first lines were looked at. */
    private static final class Reading {

        private final Path path;
        private final @Nullable ListFormat lists;
        private @Nullable LineFormat columns;

        private Reading(Path path, @Nullable ListFormat lists) {
            this.path = path;
            this.lists = lists;
        }

        static Reading of(InteractionFile file, List<String> first) {
            FileShape shape =
                    file.shape == FileShape.FOUND
                            ? FileShape.of(first.stream().filter(line -> !line.isBlank()).toList())
                            : file.shape;
            return new Reading(
                    file.path,
                    shape == FileShape.COLUMNS
                            ? null
                            : new ListFormat(shape == FileShape.SEQUENCES));
        }

        void line(String line, long number, Consumer<Interaction> consumer) {
            if (line.isBlank()) {
                return;
            }
            try {
                if (lists != null) {
                    lists.interactions(line, consumer);
                } else if (columns != null) {
                    consumer.accept(columns.interaction(line));
                } else {
                    columns = LineFormat.of(line);
                    if (!columns.hasHeader()) {
                        consumer.accept(columns.interaction(line));
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new UnreadableInteractions(path, number, String.valueOf(e.getMessage()));
            }
        }
    }

    private BufferedReader reader() throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        in(),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)));
    }

    private InputStream in() throws IOException {
        InputStream raw = Files.newInputStream(path);
        return isGzipped() ? new GZIPInputStream(raw) : raw;
    }

    private OutputStream out() throws IOException {
        OutputStream raw = Files.newOutputStream(path);
        return isGzipped() ? new GZIPOutputStream(raw) : raw;
    }

    private boolean isGzipped() {
        return path.toString().endsWith(".gz");
    }

    /** Spreadsheets put a byte order mark in front. */
    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static String shared(Map<String, String> ids, String id) {
        String known = ids.putIfAbsent(id, id);
        return known == null ? id : known;
    }
}
