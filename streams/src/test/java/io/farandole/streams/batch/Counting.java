package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Rated;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Touched;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts ratings by user and by item; some items ask for trouble. */
final class Counting {

    static final String NAME = "counting";
    static final Store<Ratings> USERS = new Store<>("users", Ratings.class);
    static final Store<Ratings> ITEMS = new Store<>("items", Ratings.class);
    static final Source<ActivityEvent> SOURCE =
            Source.of(ACTIVITY, Counting::declare, Counting::fold);

    /** What was counted. */
    record Ratings(int number, double stars, @Nullable String note) {}

    private Counting() {}

    static Processor processor() {
        return describe().build();
    }

    static Processor.Builder describe() {
        return describe(SOURCE);
    }

    static Processor.Builder describe(Source<ActivityEvent> source) {
        return Processor.named(NAME)
                .reads(source)
                .keeps(USERS)
                .keeps(ITEMS)
                .shows(
                        new ReadModel(
                                "totals",
                                """
                                select u.key as "user", (u.value ->> 'number')::int as number
                                from counting.users u
                                join streams.generation g on g.id = u.generation
                                where g.processor = 'counting' and g.phase = 'ACTIVE'\
                                """))
                .says(RECOMMENDATIONS);
    }

    static void declare(Message<ActivityEvent> message, Touched touched) {
        if (message.event() instanceof Rated rated) {
            String item = rated.item().value();
            if (item.equals("undeclarable")) {
                throw new IllegalStateException("cannot say what it needs");
            }
            touched.update(USERS.at(rated.user().value())).update(ITEMS.at(item));
            if (item.startsWith("after-")) {
                touched.read(ITEMS.at(item.substring("after-".length())));
            }
            if (item.equals("forget-all")) {
                touched.updateAll(ITEMS, "range-");
            }
        }
    }

    static Outcome fold(Message<ActivityEvent> message, Context context) {
        if (!(message.event() instanceof Rated rated)) {
            return Outcome.APPLIED;
        }
        Row<Ratings> user = USERS.at(rated.user().value());
        String item = rated.item().value();
        return switch (item) {
            case "throws" -> throw new IllegalArgumentException("no such star 17");
            case "overflows" -> throw new StackOverflowError();
            case "asserts" -> throw new AssertionError("cannot be");
            case "late" -> new Outcome.Late("the window is closed");
            case "refused" -> new Outcome.Rejected("not a thing", "$.rated.item");
            case "nothing" -> Outcome.APPLIED;
            case "forget" -> {
                context.remove(user);
                yield Outcome.APPLIED;
            }
            case "forget-all" -> {
                context.rows(ITEMS, "range-").forEach(context::remove);
                yield Outcome.APPLIED;
            }
            case "unstorable" -> {
                context.put(ITEMS.at(item), new Ratings(1, 1, "half\0done"));
                yield Outcome.APPLIED;
            }
            default -> count(rated, user, item, context);
        };
    }

    private static Outcome count(Rated rated, Row<Ratings> user, String item, Context context) {
        if (item.startsWith("after-")) {
            Row<Ratings> first = ITEMS.at(item.substring("after-".length()));
            if (context.get(first) == null) {
                return new Outcome.Waiting("no " + first.key(), first);
            }
        }
        Ratings ofUser = increment(context, user, rated.value());
        increment(context, ITEMS.at(item), rated.value());
        say(context, rated, ofUser.number());
        return Outcome.APPLIED;
    }

    static void say(Context context, Rated rated, int number) {
        context.say(
                RECOMMENDATIONS,
                new ListRefreshed(rated.user(), number, List.of(rated.item()), null));
    }

    static Ratings increment(Context context, Row<Ratings> row, double stars) {
        Ratings had = context.get(row);
        Ratings has =
                had == null
                        ? new Ratings(1, stars, null)
                        : new Ratings(had.number() + 1, had.stars() + stars, null);
        context.put(row, has);
        return has;
    }
}
