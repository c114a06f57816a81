package io.farandole.local.movielens;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.farandole.local.movielens.Parsed.Bad;
import io.farandole.local.movielens.Parsed.Good;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A CSV file with a header, one record a line.
 *
 * <p>Lines are cut before they are parsed: a quote that is never closed costs its own line, not the
 * rest of the file.
 */
final class CsvFile {

    private static final int LONGEST_LINE = 100_000;
    private static final CsvReader.CsvReaderBuilder CSV =
            CsvReader.builder().allowExtraCharsAfterClosingQuote(false);

    private final Path path;
    private final List<String> header;

    CsvFile(Path path, List<String> header) {
        this.path = path;
        this.header = header;
    }

    /** Gives each good line's value to one consumer and each other line to the other. */
    <T> void read(
            Function<List<String>, Parsed<T>> parser,
            Consumer<T> good,
            Consumer<RefusedLine> refused) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            checkHeader(new Line(in));
            long number = 1;
            for (Line line = new Line(in); !line.isEnd(); line = new Line(in)) {
                number++;
                switch (parsed(line, parser)) {
                    case Good<T>(T value) -> good.accept(value);
                    case Bad<T>(String reason) ->
                            refused.accept(new RefusedLine(name(), number, reason));
                }
            }
        } catch (NoSuchFileException e) {
            throw new UnreadableDataSet(
                    "There is no "
                            + path
                            + "; give the directory of a MovieLens data set, with movies.csv and"
                            + " ratings.csv in it.",
                    e);
        } catch (IOException e) {
            throw new UnreadableDataSet("Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private <T> Parsed<T> parsed(Line line, Function<List<String>, Parsed<T>> parser) {
        Parsed<List<String>> fields = fields(line);
        return switch (fields) {
            case Bad<List<String>>(String reason) -> new Bad<>(reason);
            case Good<List<String>>(List<String> values) when values.size() != header.size() ->
                    new Bad<>(
                            "has "
                                    + values.size()
                                    + (values.size() == 1 ? " field, not " : " fields, not ")
                                    + header.size()
                                    + " ("
                                    + String.join(",", header)
                                    + ")");
            case Good<List<String>>(List<String> values) -> parser.apply(values);
        };
    }

    private void checkHeader(Line first) {
        Parsed<List<String>> fields = fields(first);
        if (!(fields instanceof Good<List<String>>(List<String> names)) || !names.equals(header)) {
            throw new UnreadableDataSet(
                    path
                            + ":1: the header is not "
                            + String.join(",", header)
                            + "; nothing was read.");
        }
    }

    private static Parsed<List<String>> fields(Line line) {
        if (line.isTooLong()) {
            return new Bad<>("is longer than " + LONGEST_LINE + " bytes");
        }
        try {
            String text = line.text();
            if (text.isBlank()) {
                return new Bad<>("is blank");
            }
            // The parser takes the end of its input for the closing quote.
            if (text.indexOf('"') >= 0 && text.chars().filter(c -> c == '"').count() % 2 != 0) {
                return new Bad<>("is no CSV: a quote is not closed");
            }
            return new Good<>(CSV.ofSingleCsvRecord(text).getFields());
        } catch (CharacterCodingException e) {
            return new Bad<>("is not UTF-8");
        } catch (CsvParseException e) {
            return new Bad<>("is no CSV: text follows a closing quote");
        }
    }

    private String name() {
        return path.getFileName().toString();
    }

    /** The bytes up to a line feed. */
    private static final class Line {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        private final boolean end;
        private boolean tooLong;

        Line(InputStream in) throws IOException {
            int next = in.read();
            this.end = next < 0;
            for (; next >= 0 && next != '\n'; next = in.read()) {
                if (bytes.size() < LONGEST_LINE) {
                    bytes.write(next);
                } else {
                    tooLong = true;
                }
            }
        }

        boolean isEnd() {
            return end;
        }

        boolean isTooLong() {
            return tooLong;
        }

        String text() throws CharacterCodingException {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString();
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
