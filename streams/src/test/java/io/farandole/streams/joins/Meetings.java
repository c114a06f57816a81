package io.farandole.streams.joins;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.IMPRESSIONS;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.ImpressionEvent;
import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ItemId;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.UserId;
import io.farandole.streams.Context;
import io.farandole.streams.JoinWindows;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which list a user looked at an item after: what was served and what was viewed, half an hour
 * apart at most.
 */
public final class Meetings {

    public static final String NAME = "meetings";
    public static final Duration APART = Duration.ofMinutes(30);

    /** What was served, by its call, or what was viewed, by its item. */
    record Half(String name) {}

    private final StreamStreamJoin<ImpressionEvent, ActivityEvent, Half, Half> join;

    public Meetings(Duration grace) {
        this(windows(grace), StreamStreamJoin::new);
    }

    private Meetings(JoinWindows windows, Joining joining) {
        join =
                joining.of(
                        windows,
                        StreamStreamJoin.Side.of(
                                IMPRESSIONS,
                                "served",
                                Half.class,
                                windows,
                                event ->
                                        event instanceof PlaylistServed served
                                                ? served.user().value()
                                                : null,
                                message -> new Half(message.event().call())),
                        StreamStreamJoin.Side.of(
                                ACTIVITY,
                                "viewed",
                                Half.class,
                                windows,
                                event ->
                                        event instanceof Viewed viewed
                                                ? viewed.user().value()
                                                : null,
                                message -> new Half(((Viewed) message.event()).item().value())),
                        Meetings::tell);
    }

    /** With those lists after which nothing was looked at. */
    static Meetings left(Duration grace) {
        return new Meetings(
                windows(grace),
                (windows, served, viewed, _) ->
                        StreamStreamJoin.left(windows, served, viewed, Meetings::tell));
    }

    /** Inner or left. */
    private interface Joining {
        StreamStreamJoin<ImpressionEvent, ActivityEvent, Half, Half> of(
                JoinWindows windows,
                StreamStreamJoin.Side<ImpressionEvent, Half> served,
                StreamStreamJoin.Side<ActivityEvent, Half> viewed,
                StreamStreamJoin.Joiner<Half, Half> joiner);
    }

    private static JoinWindows windows(Duration grace) {
        return JoinWindows.ofTimeDifference(APART).withGrace(grace);
    }

    private static void tell(
            String user, Half served, @Nullable Half viewed, Instant at, Context context) {
        context.say(
                RECOMMENDATIONS,
                new ListRefreshed(
                        new UserId(user),
                        1,
                        viewed == null ? List.of() : List.of(new ItemId(viewed.name())),
                        served.name()),
                at);
    }

    public Source<ImpressionEvent> served() {
        return join.leftSource();
    }

    public Source<ActivityEvent> viewed() {
        return join.rightSource();
    }

    /** Of these two sources, which are no others. */
    public Processor processor(Source<ImpressionEvent> served, Source<ActivityEvent> viewed) {
        Processor.Builder builder =
                Processor.named(NAME).reads(served).reads(viewed).says(RECOMMENDATIONS);
        join.stores().forEach(builder::keeps);
        join.timers().forEach(builder::fires);
        return builder.build();
    }
}
