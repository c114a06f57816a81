package io.farandole.processors.personalisation;

import io.farandole.events.ActivityEvent;
import io.farandole.events.CatalogueEvent;
import io.farandole.events.Cause;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OperationEvent;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.processors.lists.AssortmentLoading;
import io.farandole.processors.lists.History;
import io.farandole.processors.lists.MakingLists;
import io.farandole.processors.lists.Offering;
import io.farandole.processors.lists.Release;
import io.farandole.processors.lists.Releases;
import io.farandole.processors.lists.ReleasesLoading;
import io.farandole.processors.lists.UserList;
import io.farandole.processors.lists.UserLists;
import io.farandole.streams.Completion;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Reference;
import io.farandole.streams.Row;
import io.farandole.streams.Sameness;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Told;
import io.farandole.streams.Touched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each user's history and, once a user and micro-batch, rewrites that user's list in every
 * release that is served, tried or being loaded.
 */
final class Personalisation {

    static final Store<History> HISTORIES = new Store<>("histories", History.class);
    static final Store<RecommendableItem> ITEMS = new Store<>("items", RecommendableItem.class);

    /** Version, cause and time tell how often a list was written, not what is in it. */
    static final Store<UserLists> LISTS =
            new Store<>("lists", UserLists.class)
                    .sameBy(Sameness.of("$.lists.*.entries").ranking("$.lists.*.entries", ".item"));

    static final Reference<Offering> ASSORTMENT =
            new Reference<>(
                    "assortment", Offering.class, Duration.ofSeconds(2), AssortmentLoading::load);

    /** The list that each user is served now: in the release that is tried on that user, if any. */
    static final ReadModel SERVED =
            new ReadModel(
                    "served",
                    """
                    select l.key, r.release, l.value -> 'lists' -> r.release as list
                    from personalisation.lists l
                    join streams.generation g on g.id = l.generation
                     and g.processor = 'personalisation' and g.phase = 'ACTIVE'
                    -- One row, which a table that was never analysed does not say: whoever
                    -- thinks of hundreds reads the whole catalogue for one list.
                    left join (select * from deployment.serving_set limit 1) s on true
                    cross join lateral (
                      select case when deployment.place_of(l.key, s.canary) < s.share then s.canary
                                  else coalesce(s.release, 'taste') end
                    ) r(release)
                    where l.value -> 'lists' ? r.release
                    """);

    private static final String RELEASES = "releases";
    private static final Duration OLDEST_RELEASES = Duration.ofSeconds(10);
    private static final int TOP_LENGTH = 10;

    private final Reference<Releases> releases;

    /**
     * @param loading finds the releases that have lists
     */
    Personalisation(ReleasesLoading loading) {
        this(loading::load);
    }

    /**
     * @param loader finds the releases that have lists
     */
    Personalisation(Reference.Loader<Releases> loader) {
        releases =
                new Reference<>(
                        RELEASES,
                        Releases.class,
                        OLDEST_RELEASES,
                        loader,
                        ReleasesLoading.CURRENCY);
    }

    Reference<Releases> releases() {
        return releases;
    }

    Processor describe() {
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
                .shows(SERVED)
                .looksUp(ASSORTMENT)
                .looksUp(releases)
                .says(TopicCatalogue.RECOMMENDATIONS)
                .completedBy(
                        new Completion(
                                HISTORIES,
                                (user, rows) ->
                                        rows.read(HISTORIES.at(user)).update(LISTS.at(user)),
                                this::complete))
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
        context.put(
                historyRow(event.user()),
                history(event.user(), context).heard(event, Told.by(message)));
        return Outcome.APPLIED;
    }

    private void rewrite(UserId user, Message<?> last, Context context) {
        History history = history(user, context);
        if (history.isForgotten()) {
            context.remove(listRow(user));
            return;
        }
        UserLists before = context.get(listRow(user));
        Releases now = context.reference(releases);
        SortedMap<String, UserList> lists = new TreeMap<>();
        for (Release release : now.all()) {
            UserList old = before == null ? null : before.in(release);
            UserList list =
                    list(
                            history,
                            release,
                            old == null ? 1 : old.version() + 1,
                            last.envelope().causedBy(),
                            last.envelope().time(),
                            context);
            lists.put(release.name(), list);
            if (now.serve(user.value(), release)) {
                context.say(
                        TopicCatalogue.RECOMMENDATIONS,
                        new ListRefreshed(
                                user, list.version(), top(list.entries()), release.name()));
            }
        }
        context.put(listRow(user), new UserLists(user.value(), lists));
    }

    /** Everybody's first lists in a new generation, after all histories. */
    private void complete(String key, Context context) {
        UserId user = new UserId(key);
        History history = Objects.requireNonNull(context.get(historyRow(user)));
        if (history.isForgotten()) {
            // It may be there, from when this was begun before.
            context.remove(listRow(user));
            return;
        }
        Told last = history.lastTold();
        SortedMap<String, UserList> lists = new TreeMap<>();
        for (Release release : context.reference(releases).all()) {
            lists.put(
                    release.name(),
                    list(
                            history,
                            release,
                            1,
                            last == null ? null : new Cause(last.source(), last.id()),
                            last == null ? null : last.at(),
                            context));
        }
        context.put(listRow(user), new UserLists(key, lists));
    }

    private static UserList list(
            History history,
            Release release,
            int version,
            @Nullable Cause cause,
            @Nullable Instant at,
            Context context) {
        MakingLists.Made made = MakingLists.of(history, context.reference(ASSORTMENT), release);
        return new UserList(
                release.name(),
                made.model(),
                history.sequence(),
                version,
                cause,
                at,
                made.entries());
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

    private static Row<UserLists> listRow(UserId user) {
        return LISTS.at(user.value());
    }
}
