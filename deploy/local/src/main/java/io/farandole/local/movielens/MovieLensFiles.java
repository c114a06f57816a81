package io.farandole.local.movielens;

import io.farandole.local.movielens.Parsed.Bad;
import io.farandole.local.movielens.Parsed.Good;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a directory of MovieLens' files and checks every line. */
final class MovieLensFiles {

    /** No rating of MovieLens is older. */
    static final Instant EARLIEST = Instant.parse("1995-01-01T00:00:00Z");

    private static final List<String> MOVIES = List.of("movieId", "title", "genres");
    private static final List<String> RATINGS = List.of("userId", "movieId", "rating", "timestamp");
    private static final String NO_GENRES = "(no genres listed)";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9](\\.[0-9]{1,6})?");
    private static final BigDecimal FEWEST_STARS = new BigDecimal("0.5");
    private static final BigDecimal MOST_STARS = new BigDecimal("5");
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final int LONGEST_QUOTE = 60;

    private final Path directory;
    private final Instant latest;
    private final Set<Integer> movieIds = new HashSet<>();
    private final Map<Long, Rating> firstOfPair = new HashMap<>();
    private final List<Movie> movies = new ArrayList<>();
    private final List<Rating> ratings = new ArrayList<>();
    private final List<RefusedLine> refused = new ArrayList<>();

    private MovieLensFiles(Path directory, Clock clock) {
        this.directory = directory;
        this.latest = clock.instant().plus(CLOCKS_DIFFER);
    }

    static DataSet read(Path directory, Clock clock) {
        if (!Files.isDirectory(directory)) {
            throw new UnreadableDataSet(
                    "There is no directory "
                            + directory
                            + "; give the directory of a MovieLens data set.");
        }
        return new MovieLensFiles(directory, clock).read();
    }

    private DataSet read() {
        new CsvFile(directory.resolve("movies.csv"), MOVIES)
                .read(this::movie, movies::add, refused::add);
        new CsvFile(directory.resolve("ratings.csv"), RATINGS)
                .read(this::rating, ratings::add, refused::add);
        ratings.sort(Rating.IN_TIME);
        return new DataSet(
                directory.toAbsolutePath().normalize().getFileName().toString(),
                List.copyOf(movies),
                List.copyOf(ratings),
                List.copyOf(refused));
    }

    private Parsed<Movie> movie(List<String> fields) {
        Integer id = number(fields.get(0));
        if (id == null) {
            return bad("movieId", fields.get(0), "a number from 1");
        }
        List<String> genres =
                fields.get(2).equals(NO_GENRES)
                        ? List.of()
                        : Arrays.asList(fields.get(2).split("\\|", -1));
        Movie movie = new Movie(id, fields.get(1), genres);
        String flaw = MovieLensEvents.flaw(movie);
        if (flaw != null) {
            return new Bad<>(flaw);
        }
        return movieIds.add(id)
                ? new Good<>(movie)
                : new Bad<>("movieId " + id + " was there before");
    }

    private Parsed<Rating> rating(List<String> fields) {
        Integer user = number(fields.get(0));
        if (user == null) {
            return bad("userId", fields.get(0), "a number from 1");
        }
        Integer movie = number(fields.get(1));
        if (movie == null) {
            return bad("movieId", fields.get(1), "a number from 1");
        }
        Double stars = stars(fields.get(2));
        if (stars == null) {
            return bad("rating", fields.get(2), "0.5 to 5 in steps of 0.5");
        }
        Instant at = at(fields.get(3));
        if (at == null) {
            return bad(
                    "timestamp", fields.get(3), "seconds since 1970, from " + EARLIEST + " to now");
        }
        if (!movieIds.contains(movie)) {
            return new Bad<>("movieId " + movie + " is not in movies.csv");
        }
        Rating rating = new Rating(user, movie, stars, at);
        Rating before = firstOfPair.putIfAbsent(pair(rating), rating);
        return before == null
                ? new Good<>(rating)
                : new Bad<>("user " + user + " rated movie " + movie + " before");
    }

    private static long pair(Rating rating) {
        return (long) rating.user() << Integer.SIZE | rating.movie();
    }

    private static @Nullable Integer number(String text) {
        return NUMBER.matcher(text).matches() ? Integer.valueOf(text) : null;
    }

    private static @Nullable Double stars(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return null;
        }
        BigDecimal stars = new BigDecimal(text);
        boolean known =
                stars.compareTo(FEWEST_STARS) >= 0
                        && stars.compareTo(MOST_STARS) <= 0
                        && stars.remainder(FEWEST_STARS).signum() == 0;
        return known ? stars.doubleValue() : null;
    }

    private @Nullable Instant at(String text) {
        if (!SECONDS.matcher(text).matches()) {
            return null;
        }
        Instant at = Instant.ofEpochSecond(Long.parseLong(text));
        return at.isBefore(EARLIEST) || at.isAfter(latest) ? null : at;
    }

    private static <T> Bad<T> bad(String field, String text, String expected) {
        return new Bad<>(field + " is '" + quotable(text) + "', not " + expected);
    }

    /** Foreign text goes to a terminal: short and without control characters. */
    private static String quotable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return clean.length() <= LONGEST_QUOTE ? clean : clean.substring(0, LONGEST_QUOTE) + "…";
    }
}
