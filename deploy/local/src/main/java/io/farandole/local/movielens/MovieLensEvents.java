package io.farandole.local.movielens;

import io.farandole.events.Event;
import io.farandole.events.InteractionEvent;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.OfferId;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserEvent;
import io.farandole.events.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * MovieLens in the platform's words: a movie is an item with one free, digital offer. Ids come from
 * the files alone, so that a second import says the same events again.
 */
final class MovieLensEvents {

    private final String source;
    private final Clock clock;

    MovieLensEvents(String dataSet, Clock clock) {
        this.source = "movielens/" + dataSet;
        this.clock = clock;
    }

    void movies(DataSet dataSet, Consumer<Message<?>> consumer) {
        for (Movie movie : dataSet.movies()) {
            consumer.accept(
                    message(
                            TopicCatalogue.OFFERS,
                            offer(movie.id()).value(),
                            MovieLensFiles.EARLIEST,
                            published(movie)));
        }
    }

    void ratings(DataSet dataSet, Consumer<Message<?>> consumer) {
        Set<Integer> known = new HashSet<>();
        for (Rating rating : dataSet.ratings()) {
            UserId user = new UserId(Integer.toString(rating.user()));
            if (known.add(rating.user())) {
                consumer.accept(
                        message(
                                TopicCatalogue.USERS,
                                "user-" + user,
                                rating.at(),
                                new UserEvent.Registered(user, null)));
            }
            consumer.accept(
                    message(
                            TopicCatalogue.INTERACTIONS,
                            "rating-" + user + "-" + rating.movie(),
                            rating.at(),
                            new InteractionEvent.Rated(
                                    user, offer(rating.movie()), rating.stars())));
        }
    }

    /** Why no event can be made of this movie. */
    static @Nullable String flaw(Movie movie) {
        try {
            published(movie);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static OfferEvent.Published published(Movie movie) {
        OfferId offer = offer(movie.id());
        return new OfferEvent.Published(
                offer, offer.value(), movie.title(), movie.genres(), 0, true, null, null, null);
    }

    private static OfferId offer(int movie) {
        return new OfferId("movie-" + movie);
    }

    private <E extends Event> Message<E> message(Topic<E> topic, String id, Instant at, E event) {
        return Message.said(topic, source, id, at, clock.instant(), event);
    }
}
