package io.farandole.processors.profile;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Told;
import io.farandole.streams.Touched;

/**
 * Keeps what users are known by and what they have had. A user's row is locked with each of that
 * user's items, so that nothing of an erased user is written past the erasure.
 */
final class Profile {

    static final Store<User> USERS = new Store<>("users", User.class);
    static final Store<Had> ITEMS = new Store<>("items", Had.class);

    private Profile() {}

    static Processor describe() {
        return Processor.named("profile")
                .reads(Source.of(TopicCatalogue.ACTIVITY, Profile::declare, Profile::fold))
                .keeps(USERS)
                .keeps(ITEMS)
                .build();
    }

    private static void declare(Message<ActivityEvent> message, Touched rows) {
        ActivityEvent event = message.event();
        rows.update(user(event.user()));
        switch (event) {
            case ActivityEvent.WithItem act -> rows.update(item(act));
            case ActivityEvent.Erased erased -> rows.updateAll(ITEMS, prefix(erased.user()));
            default -> {}
        }
    }

    private static Outcome fold(Message<ActivityEvent> message, Context context) {
        ActivityEvent event = message.event();
        Told by = Told.by(message);
        Row<User> row = user(event.user());
        User known = context.get(row);
        User user = known == null ? User.unknown(event.user().value()) : known;
        if (user.forgets(by)) {
            return Outcome.APPLIED;
        }
        switch (event) {
            case ActivityEvent.WithItem act -> {
                Row<Had> itsRow = item(act);
                Had had = context.get(itsRow);
                Had before =
                        had == null ? Had.nothing(act.user().value(), act.item().value()) : had;
                context.put(itsRow, before.and(act, by));
            }
            case ActivityEvent.Erased erased -> {
                context.put(row, user.and(erased, by));
                forget(erased.user(), by, context);
            }
            default -> context.put(row, user.and(event, by));
        }
        return Outcome.APPLIED;
    }

    private static void forget(UserId user, Told erased, Context context) {
        for (Row<Had> row : context.rows(ITEMS, prefix(user))) {
            Had had = context.get(row);
            Had left = had == null ? null : had.since(erased);
            if (left == null) {
                context.remove(row);
            } else {
                context.put(row, left);
            }
        }
    }

    private static Row<User> user(UserId user) {
        return USERS.at(user.value());
    }

    private static Row<Had> item(ActivityEvent.WithItem act) {
        return ITEMS.at(prefix(act.user()) + act.item());
    }

    // Escaped, so that no user's prefix begins another user's key.
    private static String prefix(UserId user) {
        return user.value().replace("%", "%25").replace("|", "%7C") + "|";
    }
}
