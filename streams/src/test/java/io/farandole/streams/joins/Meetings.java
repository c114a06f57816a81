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
import io.farandole.streams.JoinWindows;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import java.time.Duration;
import java.util.List;

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
        JoinWindows windows = JoinWindows.ofTimeDifference(APART).withGrace(grace);
        join =
                new StreamStreamJoin<>(
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
                        (user, served, viewed, at, context) ->
                                context.say(
                                        RECOMMENDATIONS,
                                        new ListRefreshed(
                                                new UserId(user),
                                                1,
                                                List.of(new ItemId(viewed.name())),
                                                served.name()),
                                        at));
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
