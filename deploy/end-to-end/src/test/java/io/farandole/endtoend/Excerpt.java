package io.farandole.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real data set cut to its earliest ratings and the movies that these are of, and of the others
 * those without a genre, for what is told of nothing is told of seldom.
 */
record Excerpt(Path directory) {

    private static final String NO_GENRES = "(no genres listed)";
    private static final int MOVIE = 1;
    private static final int TIMESTAMP = 3;

    /** Written below this module's target. */
    static Excerpt of(int ratings) {
        try {
            List<String> earliest =
                    lines("ratings.csv").stream()
                            .sorted(Comparator.comparingLong(rating -> number(rating, TIMESTAMP)))
                            .limit(ratings)
                            .toList();
            Set<Long> rated =
                    earliest.stream()
                            .map(rating -> number(rating, MOVIE))
                            .collect(Collectors.toSet());
            Path directory = Files.createTempDirectory(Path.of("target"), "excerpt");
            write(directory, "ratings.csv", earliest);
            write(
                    directory,
                    "movies.csv",
                    lines("movies.csv").stream()
                            .filter(
                                    movie ->
                                            rated.contains(number(movie, 0))
                                                    || movie.endsWith(NO_GENRES))
                            .toList());
            return new Excerpt(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(String file) throws IOException {
        List<String> lines = Files.readAllLines(Installation.DATA_SET.resolve(file));
        return lines.subList(1, lines.size());
    }

    private static void write(Path directory, String file, List<String> lines) throws IOException {
        try (Stream<String> whole = Files.lines(Installation.DATA_SET.resolve(file))) {
            Files.write(
                    directory.resolve(file),
                    Stream.concat(whole.limit(1), lines.stream()).toList());
        }
    }

    private static long number(String line, int column) {
        return Long.parseLong(line.split(",", -1)[column]);
    }
}
