package io.farandole.processors.personalisation;

import io.farandole.events.ActivityEvent;
import io.farandole.events.CatalogueEvent;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OperationEvent;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.recommenders.taste.Assortment;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Told;
import io.farandole.streams.Touched;
import java.time.Duration;
import java.util.List;

/**
 * Keeps each user's history and, once a user and micro-batch, rewrites that user's list by
 * popularity within taste.
 */
final class Personalisation {

    static final Store<History> HISTORIES = new Store<>("histories", History.class);
    static final Store<RecommendableItem> ITEMS = new Store<>("items", RecommendableItem.class);
    static final Store<UserList> LISTS = new Store<>("lists", UserList.class);

    static final Reference<Offering> ASSORTMENT =
            new Reference<>(
                    "assortment", Offering.class, Duration.ofSeconds(2), AssortmentLoading::load);

    private static final int LIST_LENGTH = 100;
    private static final int TOP_LENGTH = 10;

    private Personalisation() {}

    static Processor describe() {
        return Processor.named("personalisation")
                .reads(
                        Source.of(
                                TopicCatalogue.CATALOGUE,
                                (message, rows) -> rows.update(item(message.event())),
                                Personalisation::learn))
                .reads(
                        Source.of(
                                        TopicCatalogue.ACTIVITY,
                                        (message, rows) -> declare(message.event().user(), rows),
                                        Personalisation::remember)
                                .settledBy(
                                        (last, context) ->
                                                rewrite(last.event().user(), last, context)))
                .reads(
                        Source.of(
                                        TopicCatalogue.OPERATIONS,
                                        (message, rows) -> declare(user(message.event()), rows),
                                        (_, _) -> Outcome.APPLIED)
                                .settledBy(
                                        (last, context) ->
                                                rewrite(user(last.event()), last, context))
                                .withFreshReferences())
                .keeps(HISTORIES)
                .keeps(ITEMS)
                .keeps(LISTS)
                .looksUp(ASSORTMENT)
                .says(TopicCatalogue.RECOMMENDATIONS)
                .build();
    }

    private static Outcome learn(Message<CatalogueEvent> message, Context context) {
        CatalogueEvent event = message.event();
        RecommendableItem known = context.get(item(event));
        RecommendableItem before =
                known == null ? RecommendableItem.unknown(event.item().value()) : known;
        context.put(item(event), before.and(event, Told.by(message)));
        return Outcome.APPLIED;
    }

    private static Outcome remember(Message<ActivityEvent> message, Context context) {
        ActivityEvent event = message.event();
        // Of an item that was acted on, the catalogue was told too: that event is on its way here.
        // A list written before it came would stay empty until the user's next act.
        if (event instanceof ActivityEvent.WithItem
                && !context.reference(ASSORTMENT).catalogueIsThere()) {
            return new Outcome.Waiting("no item of the catalogue has come here yet");
        }
        Told by = Told.by(message);
        History history = history(event.user(), context);
        if (!history.forgets(by)) {
            context.put(historyRow(event.user()), with(event, by, history));
        }
        return Outcome.APPLIED;
    }

    private static History with(ActivityEvent event, Told by, History history) {
        return switch (event) {
            case ActivityEvent.WithItem act -> history.and(Fact.of(act, by));
            case ActivityEvent.Registered _ -> history.registered(by);
            case ActivityEvent.OnboardingAnswered answered ->
                    history.answered(answered.categories(), by);
            case ActivityEvent.Erased _ -> history.erased(by);
            case ActivityEvent.ProfileChanged _,
                    ActivityEvent.CreditGranted _,
                    ActivityEvent.CreditSpent _ ->
                    history;
        };
    }

    private static void rewrite(UserId user, Message<?> last, Context context) {
        History history = history(user, context);
        if (history.isForgotten()) {
            context.remove(listRow(user));
            return;
        }
        Assortment assortment = context.reference(ASSORTMENT).assortment();
        List<UserList.Entry> entries =
                assortment.best(Liking.of(history, assortment), LIST_LENGTH).stream()
                        .map(UserList.Entry::of)
                        .toList();
        UserList before = context.get(listRow(user));
        int version = before == null ? 1 : before.version() + 1;
        context.put(
                listRow(user),
                new UserList(
                        user.value(),
                        version,
                        last.envelope().causedBy(),
                        last.envelope().time(),
                        entries));
        context.say(
                TopicCatalogue.RECOMMENDATIONS,
                new ListRefreshed(user, version, top(entries), null));
    }

    private static List<ItemId> top(List<UserList.Entry> entries) {
        return entries.stream().limit(TOP_LENGTH).map(entry -> new ItemId(entry.item())).toList();
    }

    private static History history(UserId user, Context context) {
        History known = context.get(historyRow(user));
        return known == null ? History.none(user.value()) : known;
    }

    private static void declare(UserId user, Touched rows) {
        rows.update(historyRow(user)).update(listRow(user));
    }

    private static UserId user(OperationEvent event) {
        return switch (event) {
            case OperationEvent.ListRefreshRequested requested -> requested.user();
        };
    }

    private static Row<RecommendableItem> item(CatalogueEvent event) {
        return ITEMS.at(event.item().value());
    }

    private static Row<History> historyRow(UserId user) {
        return HISTORIES.at(user.value());
    }

    private static Row<UserList> listRow(UserId user) {
        return LISTS.at(user.value());
    }
}
