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

/**
 * A file of {@code user<TAB>item[<TAB>value[<TAB>timestamp]]} lines in UTF-8, or with commas, or
 * with a header such as MovieLens' {@code userId,movieId,rating,timestamp}; gzipped if its name
 * ends in {@code .gz}. Ids are strings; timestamps are seconds or milliseconds since 1970, told
 * apart by their size, or {@code millis} in the header; empty lines are passed over.
 */
public record InteractionFile(Path path) {

    /**
     * Every interaction, in the file's order, one at a time.
     *
     * @throws UnreadableInteractions at the first line that is malformed, with its place and reason
     */
    public void forEach(Consumer<Interaction> consumer) {
        long number = 0;
        try (BufferedReader lines = reader()) {
            LineFormat format = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                if (format == null) {
                    String first = withoutMark(line);
                    format = LineFormat.of(first);
                    if (!format.hasHeader()) {
                        consumer.accept(interaction(format, first, number));
                    }
                } else {
                    consumer.accept(interaction(format, line, number));
                }
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

    private Interaction interaction(LineFormat format, String line, long number) {
        try {
            return format.interaction(line);
        } catch (IllegalArgumentException e) {
            throw new UnreadableInteractions(path, number, String.valueOf(e.getMessage()));
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
