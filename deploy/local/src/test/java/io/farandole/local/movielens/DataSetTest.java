package io.farandole.local.movielens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.UserEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir Path parent;
    Path directory;

    @BeforeEach
    void makesASmallDataSet() throws IOException {
        directory = Files.createDirectory(parent.resolve("ml-tiny"));
        write(
                "movies.csv",
                """
                movieId,title,genres
                1,Toy Story (1995),Adventure|Animation
                39,"American President, The (1995)",(no genres listed)
                """);
        ratings("");
    }

    @Test
    void readsTheRealDataSetWhole() {
        DataSet real = DataSet.in(Path.of("../../data/ml-latest-small"), Clock.systemUTC());
        assertThat(real.refused()).isEmpty();
        assertThat(real.movieCount()).isEqualTo(9_742);
        assertThat(real.ratingCount()).isEqualTo(100_836);
        assertThat(real.userCount()).isEqualTo(610);
        assertThat(real.ratings()).isSortedAccordingTo(Rating.IN_TIME);
    }

    @Test
    void readsQuotedTitlesAndMoviesWithoutGenres() {
        assertThat(read().movies())
                .containsExactly(
                        new Movie(1, "Toy Story (1995)", List.of("Adventure", "Animation")),
                        new Movie(39, "American President, The (1995)", List.of()));
    }

    @Test
    void refusesALineWithForeignTextAndKeepsItsNeighbours() throws IOException {
        ratings(
                """
                5,1,4.0,847434962
                5,39,3.0,84743496 http://x
                6,39,3.0,847434963
                """);
        DataSet read = read();
        assertThat(read.ratings())
                .containsExactly(
                        new Rating(5, 1, 4.0, Instant.ofEpochSecond(847434962)),
                        new Rating(6, 39, 3.0, Instant.ofEpochSecond(847434963)));
        assertThat(read.refused())
                .map(RefusedLine::toString)
                .containsExactly(
                        "ratings.csv:3: timestamp is '84743496 http://x', not seconds since 1970,"
                                + " from 1995-01-01T00:00:00Z to now");
    }

    @Test
    void saysOfEveryBadLineWhatIsWrong() throws IOException {
        ratings(
                """
                x,1,4.0,847434962
                5,1,4.7,847434962
                5,1,5.5,847434962
                5,1,0,847434962
                5,1,NaN,847434962
                5,1,4.0,84743496
                5,1,4.0,99999999999
                5,1,4.0
                5,2,4.0,847434962
                5,1,"4.0,847434962

                5,"1"1,4.0,847434962
                5,1,4.0,847434962
                5,1,3.0,847434962
                """);
        assertThat(read().ratings()).hasSize(1);
        assertThat(read().refused())
                .map(line -> line.line() + " " + line.reason())
                .containsExactly(
                        "2 userId is 'x', not a number from 1",
                        "3 rating is '4.7', not 0.5 to 5 in steps of 0.5",
                        "4 rating is '5.5', not 0.5 to 5 in steps of 0.5",
                        "5 rating is '0', not 0.5 to 5 in steps of 0.5",
                        "6 rating is 'NaN', not 0.5 to 5 in steps of 0.5",
                        "7 timestamp is '84743496', not seconds since 1970, from"
                                + " 1995-01-01T00:00:00Z to now",
                        "8 timestamp is '99999999999', not seconds since 1970, from"
                                + " 1995-01-01T00:00:00Z to now",
                        "9 has 3 fields, not 4 (userId,movieId,rating,timestamp)",
                        "10 movieId 2 is not in movies.csv",
                        "11 is no CSV: a quote is not closed",
                        "12 is blank",
                        "13 is no CSV: text follows a closing quote",
                        "15 user 5 rated movie 1 before");
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Files.write(
                directory.resolve("movies.csv"),
                "movieId,title,genres\n1,Am\u00e9lie,Comedy\n2,Heat,Crime\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(read().movies()).containsExactly(new Movie(2, "Heat", List.of("Crime")));
        assertThat(read().refused()).map(RefusedLine::reason).containsExactly("is not UTF-8");
    }

    @Test
    void takesLinesThatEndAsOnWindows() throws IOException {
        write("movies.csv", "movieId,title,genres\r\n1,Heat,Crime\r\n");
        assertThat(read().movies()).containsExactly(new Movie(1, "Heat", List.of("Crime")));
    }

    @Test
    void refusesAMovieOfWhichNoEventCanBeMade() throws IOException {
        write(
                "movies.csv",
                """
                movieId,title,genres
                1, ,Crime
                2,Heat,Crime||Action
                3,Heat,Crime
                3,Heat again,Crime
                """);
        assertThat(read().refused())
                .map(RefusedLine::toString)
                .containsExactly(
                        "movies.csv:2: title is blank",
                        "movies.csv:3: categories[1] is blank",
                        "movies.csv:5: movieId 3 was there before");
    }

    @Test
    void refusesAnotherHeaderAndAnotherDirectory() throws IOException {
        assertThatThrownBy(() -> DataSet.in(parent.resolve("nowhere"), CLOCK))
                .isInstanceOf(UnreadableDataSet.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> DataSet.in(parent, CLOCK))
                .isInstanceOf(UnreadableDataSet.class)
                .hasMessageContaining("movies.csv");
        write("movies.csv", "movieId,name\n1,Heat\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(UnreadableDataSet.class)
                .hasMessageContaining("movies.csv:1: the header is not movieId,title,genres");
    }

    @Test
    void saysTheSameEventsAtEveryImport() throws IOException {
        ratings(
                """
                6,39,3.0,847434970
                5,1,4.0,847434962
                5,39,4.0,847434966
                """);
        assertThat(identities())
                .containsExactly(
                        "movielens/ml-tiny movie-1",
                        "movielens/ml-tiny movie-39",
                        "movielens/ml-tiny user-5",
                        "movielens/ml-tiny rating-5-1",
                        "movielens/ml-tiny rating-5-39",
                        "movielens/ml-tiny user-6",
                        "movielens/ml-tiny rating-6-39")
                .isEqualTo(identities());
        assertThat(read().eventCount()).isEqualTo(7);
    }

    @Test
    void makesAMovieAFreeDigitalOfferAndAUserAsOldAsTheirFirstRating() throws IOException {
        ratings("5,1,4.0,847434962\n");
        List<Message<?>> events = events();
        assertThat(events.getFirst().event())
                .isInstanceOfSatisfying(
                        OfferEvent.Published.class,
                        offer -> {
                            assertThat(offer.product()).isEqualTo("movie-1");
                            assertThat(offer.priceCents()).isZero();
                            assertThat(offer.digital()).isTrue();
                            assertThat(offer.stock()).isNull();
                        });
        Message<?> user = events.get(2);
        assertThat(user.event()).isInstanceOf(UserEvent.Registered.class);
        assertThat(user.envelope().time()).isEqualTo(Instant.ofEpochSecond(847434962));
        assertThat(user.envelope().subject()).isEqualTo("user:5");
    }

    private List<String> identities() {
        return events().stream()
                .map(Message::envelope)
                .map(envelope -> envelope.source() + " " + envelope.id())
                .toList();
    }

    private List<Message<?>> events() {
        List<Message<?>> events = new ArrayList<>();
        read().offers(CLOCK, events::add);
        read().acts(CLOCK, events::add);
        return events;
    }

    private DataSet read() {
        return DataSet.in(directory, CLOCK);
    }

    private void ratings(String lines) throws IOException {
        write("ratings.csv", "userId,movieId,rating,timestamp\n" + lines);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }
}
