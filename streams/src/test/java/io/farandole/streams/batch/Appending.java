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
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Stepped;
import io.farandole.streams.Store;
import io.farandole.streams.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes down what each user rated, in the order in which it comes: a fold that does not commute.
 * What is wrong with an item can be mended.
 */
final class Appending {

    static final String NAME = "appending";
    static final Store<Log> LOGS = new Store<>("logs", Log.class);
    static final Store<Seen> SEEN = new Store<>("seen", Seen.class);

    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final List<String> checked = new CopyOnWriteArrayList<>();
    private final Source<ActivityEvent> source;

    /** What is wrong with an item, until it is mended. */
    enum Trouble {
        THROWS,
        STEP_THROWS,
        REFUSED,
        LATE,
        AFTER_OPENING,
        UNSTORABLE
    }

    /** What came, in order. */
    record Log(List<String> items) {}

    /** An item that came from anybody. */
    record Seen(String item) {}

    private Appending(boolean keepingOrder) {
        Source<ActivityEvent> described =
                Source.<ActivityEvent>of(ACTIVITY, Appending::declare, this::fold)
                        .through("check", this::check);
        this.source = keepingOrder ? described.keepingOrder() : described;
    }

    static Appending inOrder() {
        return new Appending(true);
    }

    static Appending inAnyOrder() {
        return new Appending(false);
    }

    Source<ActivityEvent> source() {
        return source;
    }

    Processor processor() {
        return Processor.named(NAME)
                .reads(source)
                .keeps(LOGS)
                .keeps(SEEN)
                .says(RECOMMENDATIONS)
                .build();
    }

    Appending troubles(String item, Trouble trouble) {
        troubles.put(item, trouble);
        return this;
    }

    void mend(String item) {
        troubles.remove(item);
    }

    /** Whose ratings went through the stateless step since this was asked last. */
    List<String> checked() {
        List<String> users = List.copyOf(checked);
        checked.clear();
        return users;
    }

    private Stepped<ActivityEvent> check(Stepped<ActivityEvent> stepped) {
        if (stepped instanceof Stepped.Going<ActivityEvent>(var message)
                && message.event() instanceof Rated rated) {
            checked.add(rated.user().value());
        }
        if (stepped instanceof Stepped.Going<ActivityEvent>(var message)
                && message.event() instanceof Rated rated
                && troubles.get(rated.item().value()) == Trouble.STEP_THROWS) {
            throw new IllegalStateException("a step with a bug");
        }
        return stepped;
    }

    private static void declare(Message<ActivityEvent> message, Touched touched) {
        if (message.event() instanceof Rated rated) {
            touched.update(LOGS.at(rated.user().value()))
                    .update(SEEN.at(rated.item().value()))
                    .read(SEEN.at("opening"));
        }
    }

    private Outcome fold(Message<ActivityEvent> message, Context context) {
        if (!(message.event() instanceof Rated rated)) {
            return Outcome.APPLIED;
        }
        String item = rated.item().value();
        Row<Seen> opening = SEEN.at("opening");
        return switch (troubles.get(item)) {
            case THROWS -> throw new IllegalArgumentException("no such star");
            case REFUSED -> new Outcome.Rejected("not a thing", "$.rated.item");
            case LATE -> new Outcome.Late("the window is closed");
            case AFTER_OPENING ->
                    context.get(opening) == null
                            ? new Outcome.Waiting("not opened yet", opening)
                            : append(rated, item, context);
            case UNSTORABLE -> append(rated, "half\0done", context);
            case STEP_THROWS -> throw new IllegalStateException("the step did not throw");
            case null -> append(rated, item, context);
        };
    }

    private static Outcome append(Rated rated, String item, Context context) {
        Row<Log> row = LOGS.at(rated.user().value());
        Log before = context.get(row);
        List<String> items = new ArrayList<>(before == null ? List.of() : before.items());
        items.add(item);
        context.put(row, new Log(List.copyOf(items)));
        context.put(SEEN.at(rated.item().value()), new Seen(rated.item().value()));
        context.say(
                RECOMMENDATIONS,
                new ListRefreshed(rated.user(), items.size(), List.of(rated.item()), null));
        return Outcome.APPLIED;
    }
}
