package io.farandole.benchmarks.api.filling;

import io.farandole.events.ActivityEvent;
import io.farandole.events.CatalogueEvent;
import io.farandole.events.Event;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.local.culture.Culture;
import io.farandole.processors.Descriptions;
import io.farandole.processors.lists.AssortmentLoading;
import io.farandole.processors.lists.Offering;
import io.farandole.processors.lists.Release;
import io.farandole.processors.lists.Releases;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.testing.ProcessorDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Fills the read models with a culture, in a minute in place of ten: the very processors fold the
 * very events, but in memory, portion by portion, and their rows are copied into the tables of the
 * generations that serve. What goes through broker, inboxes, archive and books leaves nothing
 * there.
 */
public final class Filling {

    private static final int ITEMS = 2_000;
    private static final int USERS = 1_000;
    private static final int TOGETHER = 250;
    // Of so many at a time all acts are folded before their lists are made, once each.
    private static final int WITH_LISTS = 10;

    private final DataSource database;
    private final StoreCopy rows;
    private final Consumer<String> news;
    private final Map<String, Processor> processors;

    /**
     * @param database as the processors' owner; they have run there once, to make their tables
     */
    public Filling(DataSource database, Consumer<String> news) throws SQLException {
        this.database = database;
        this.news = news;
        this.rows = new StoreCopy(database);
        // Whoever describes them would have the logging of this process changed.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        this.processors =
                Descriptions.all().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(Processor::name, Function.identity()));
    }

    public void fill(Culture culture, Clock clock) throws SQLException {
        List<List<Message<ActivityEvent>>> activity = tell(CultureEvents.of(culture, clock));
        say(activity.size(), "users' acts counted for popularity");
        count(activity);
        Offering offering;
        try (Connection connection = database.getConnection()) {
            offering = AssortmentLoading.load(connection);
        }
        say(activity.size(), "lists");
        each(activity, USERS, part -> personalise(part, offering));
        analyse();
    }

    /** What users did, in our words; what they told is not kept. */
    private List<List<Message<ActivityEvent>>> tell(CultureEvents told) {
        say(told.items().size(), "items");
        each(told.items(), ITEMS, this::list);
        say(told.users().size(), "users and what they did");
        List<List<Message<ActivityEvent>>> activity =
                Collections.synchronizedList(new ArrayList<>());
        each(told.users(), USERS, part -> activity.addAll(act(part, told.offers())));
        return activity;
    }

    private void say(int count, String what) {
        news.accept(String.format(Locale.ROOT, "  %,d %s", count, what));
    }

    /** Something that is done with a portion. */
    private interface Doing<T> {
        void with(List<T> portion) throws SQLException;
    }

    private static <T> void each(List<T> all, int size, Doing<T> doing) {
        IntStream.iterate(0, from -> from < all.size(), from -> from + size)
                .parallel()
                .forEach(
                        from -> {
                            try {
                                doing.with(all.subList(from, Math.min(all.size(), from + size)));
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        });
    }

    private void list(List<List<Message<OfferEvent>>> items) throws SQLException {
        ProcessorDriver ingestion = driver("ingestion");
        pipe(ingestion, TopicCatalogue.OFFERS, items.stream().flatMap(List::stream).toList());
        rows.copy(processor("ingestion"), ingestion);
        List<Message<CatalogueEvent>> said = ingestion.said(TopicCatalogue.CATALOGUE);
        for (String reader : List.of("catalogue", "personalisation")) {
            ProcessorDriver driver = driver(reader);
            pipe(driver, TopicCatalogue.CATALOGUE, said);
            rows.copy(processor(reader), driver);
        }
    }

    /** What each of these users did, in our words. */
    private List<List<Message<ActivityEvent>>> act(
            List<CultureEvents.Person> users, Map<String, Message<OfferEvent>> offers)
            throws SQLException {
        ProcessorDriver ingestion = driver("ingestion");
        Set<String> needed =
                users.stream()
                        .flatMap(user -> user.acts().stream())
                        .map(act -> act.event().offer().value())
                        .collect(Collectors.toSet());
        pipe(
                ingestion,
                TopicCatalogue.OFFERS,
                needed.stream().map(offers::get).filter(Objects::nonNull).toList());
        pipe(
                ingestion,
                TopicCatalogue.USERS,
                users.stream().flatMap(user -> user.facts().stream()).toList());
        pipe(
                ingestion,
                TopicCatalogue.INTERACTIONS,
                users.stream().flatMap(user -> user.acts().stream()).toList());
        List<Message<ActivityEvent>> said = ingestion.said(TopicCatalogue.ACTIVITY);
        ProcessorDriver profile = driver("profile");
        pipe(profile, TopicCatalogue.ACTIVITY, said);
        rows.copy(processor("profile"), profile);
        return List.copyOf(
                said.stream()
                        .collect(Collectors.groupingBy(message -> message.event().user()))
                        .values());
    }

    // An item's acts one after the other: of those in one batch its row is written once.
    private void count(List<List<Message<ActivityEvent>>> activity) throws SQLException {
        Map<ItemId, List<Message<ActivityEvent>>> byItem = new HashMap<>();
        activity.stream()
                .flatMap(List::stream)
                .forEach(
                        message -> {
                            if (message.event() instanceof ActivityEvent.WithItem act) {
                                byItem.computeIfAbsent(act.item(), _ -> new ArrayList<>())
                                        .add(message);
                            }
                        });
        AtomicReference<Instant> reached = new AtomicReference<>(Instant.MIN);
        each(
                List.copyOf(byItem.values()),
                ITEMS,
                portion -> {
                    ProcessorDriver popularity = driver("popularity");
                    pipe(
                            popularity,
                            TopicCatalogue.ACTIVITY,
                            portion.stream().flatMap(List::stream).toList());
                    rows.copy(processor("popularity"), popularity);
                    Instant watermark = Objects.requireNonNull(popularity.watermark());
                    reached.accumulateAndGet(
                            watermark, (one, other) -> one.isAfter(other) ? one : other);
                });
        rows.watermark(processor("popularity"), reached.get());
    }

    private void personalise(List<List<Message<ActivityEvent>>> users, Offering offering)
            throws SQLException {
        ProcessorDriver driver = driver("personalisation");
        for (Reference<?> reference : processor("personalisation").references()) {
            pin(driver, reference, offering);
        }
        for (int from = 0; from < users.size(); from += WITH_LISTS) {
            driver.pipeTogether(
                    TopicCatalogue.ACTIVITY,
                    users.subList(from, Math.min(users.size(), from + WITH_LISTS)).stream()
                            .flatMap(List::stream)
                            .toList());
        }
        require(driver);
        rows.copy(processor("personalisation"), driver);
    }

    private static <T> void pin(ProcessorDriver driver, Reference<T> reference, Offering offering) {
        Object value =
                reference.type() == Offering.class
                        ? offering
                        : new Releases(List.of(Release.TASTE));
        driver.pin(reference, reference.type().cast(value));
    }

    private static <E extends Event> void pipe(
            ProcessorDriver driver, Topic<E> topic, List<Message<E>> messages) {
        for (int from = 0; from < messages.size(); from += TOGETHER) {
            driver.pipeTogether(
                    topic, messages.subList(from, Math.min(messages.size(), from + TOGETHER)));
        }
        require(driver);
    }

    private static void require(ProcessorDriver driver) {
        if (!driver.failures().isEmpty()) {
            throw new IllegalStateException("not folded: " + driver.failures().getFirst());
        }
    }

    private void analyse() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze");
        }
    }

    private ProcessorDriver driver(String name) {
        return ProcessorDriver.of(processor(name));
    }

    private Processor processor(String name) {
        return Objects.requireNonNull(processors.get(name), name);
    }
}
