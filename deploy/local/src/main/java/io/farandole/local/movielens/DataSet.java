package io.farandole.local.movielens;

import io.farandole.events.Message;
import io.farandole.local.importing.EventSet;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A MovieLens data set: what its good lines say, and the lines that were refused.
 *
 * @param ratings as they happened
 */
public record DataSet(
        String name, List<Movie> movies, List<Rating> ratings, List<RefusedLine> refused)
        implements EventSet {

    /**
     * @throws UnreadableDataSet if the directory holds no data set
     */
    public static DataSet in(Path directory, Clock clock) {
        return MovieLensFiles.read(directory, clock);
    }

    /** The same movies with the earliest ratings only. */
    public DataSet first(int count) {
        return new DataSet(
                name, movies, ratings.subList(0, Math.min(count, ratings.size())), refused);
    }

    public int movieCount() {
        return movies.size();
    }

    public int ratingCount() {
        return ratings.size();
    }

    public int userCount() {
        return users().size();
    }

    /** The users who rated anything. */
    public Set<String> users() {
        return ratings.stream()
                .map(rating -> Integer.toString(rating.user()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** One event for each movie, user and rating. */
    @Override
    public int eventCount() {
        return movieCount() + userCount() + ratingCount();
    }

    /** The events of the movies: what users do later refers to them. */
    @Override
    public void offers(Clock clock, Consumer<Message<?>> consumer) {
        new MovieLensEvents(name, clock).movies(this, consumer);
    }

    /** The events of users and ratings, as they happened. */
    @Override
    public void acts(Clock clock, Consumer<Message<?>> consumer) {
        new MovieLensEvents(name, clock).ratings(this, consumer);
    }
}
