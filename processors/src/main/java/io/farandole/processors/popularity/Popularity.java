package io.farandole.processors.popularity;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Source;
import io.farandole.streams.TimeWindows;
import io.farandole.streams.Touched;
import io.farandole.streams.WindowStore;
import io.farandole.streams.Windowed;
import java.time.Duration;

/** Counts what users do with items, in tumbling windows of 28 days of event time. */
final class Popularity {

    /** An act that is told late counts in the window in which it happened, however long ago. */
    static final WindowStore<Window> WINDOWS =
            WindowStore.of("windows", Window.class, TimeWindows.ofSize(Duration.ofDays(28)));

    /**
     * A window's acts count half as much every 26 windows, two years, seen from the watermark's
     * window: never from the wall clock, so that the same events give the same scores. The weights
     * are integers, parts of 10^12, for sums of integers do not depend on their order; numeric, for
     * ten million acts of weight 1 are more than a bigint holds.
     */
    static final ReadModel SCORES =
            new ReadModel(
                    "scores",
                    """
                    select windows.item,
                           greatest(sum(windows.positive * windows.weight), 0) as score,
                           sum(windows.positive)::bigint as positive,
                           sum(windows.ratings)::bigint as ratings
                    from (
                      select w.value ->> 'item' as item,
                             (w.value ->> 'positive')::numeric as positive,
                             (w.value ->> 'ratings')::bigint as ratings,
                             round(1e12 * power(0.5::float8,
                               greatest(now.number - (w.value ->> 'window')::bigint, 0) / 26.0
                             ))::bigint as weight
                      from popularity.windows w
                      join (
                        select g.id,
                               floor(extract(epoch from max(m.event_time)) / (86400 * 28))::bigint
                                 as number
                        from streams.generation g
                        join streams.watermark m on m.generation = g.id
                        where g.processor = 'popularity' and g.phase = 'ACTIVE'
                        group by g.id
                      ) now on now.id = w.generation
                    ) windows
                    group by windows.item
                    """);

    /**
     * What each item was given in the last 26 windows, for whoever compares them: how many windows
     * back, and how much of the watermark's own window is over, from 0 to 1.
     */
    static final ReadModel TRENDS =
            new ReadModel(
                    "trends",
                    """
                    select w.value ->> 'item' as item,
                           (floor(now.at)::bigint - (w.value ->> 'window')::bigint)::int as back,
                           (w.value ->> 'positive')::bigint as positive,
                           (now.at - floor(now.at))::float8 as elapsed
                    from popularity.windows w
                    join (
                      select g.id, extract(epoch from max(m.event_time)) / (86400 * 28) as at
                      from streams.generation g
                      join streams.watermark m on m.generation = g.id
                      where g.processor = 'popularity' and g.phase = 'ACTIVE'
                      group by g.id
                    ) now on now.id = w.generation
                    where (w.value ->> 'window')::bigint > floor(now.at)::bigint - 26
                    """);

    private Popularity() {}

    static Processor describe() {
        return Processor.named("popularity")
                .reads(Source.of(TopicCatalogue.ACTIVITY, Popularity::declare, Popularity::count))
                .keeps(WINDOWS)
                .shows(SCORES)
                .shows(TRENDS)
                .build();
    }

    private static void declare(Message<ActivityEvent> message, Touched touched) {
        if (message.event() instanceof ActivityEvent.WithItem act) {
            WINDOWS.declare(touched, act.item().value(), message.envelope().time());
        }
    }

    private static Outcome count(Message<ActivityEvent> message, Context context) {
        return message.event() instanceof ActivityEvent.WithItem act
                ? WINDOWS.update(
                        context,
                        act.item().value(),
                        message.envelope().time(),
                        (windowed, had) -> (had == null ? empty(windowed) : had).plus(act))
                : Outcome.APPLIED;
    }

    private static Window empty(Windowed windowed) {
        return Window.empty(windowed.key(), WINDOWS.windows().numberOf(windowed.window()));
    }
}
