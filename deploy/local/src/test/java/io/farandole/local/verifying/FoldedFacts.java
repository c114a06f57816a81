package io.farandole.local.verifying;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.farandole.events.ActivityEvent;
import io.farandole.events.Encoded;
import io.farandole.events.Event;
import io.farandole.events.EventCodec;
import io.farandole.events.Identity;
import io.farandole.events.ImpressionEvent;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserEvent;
import io.farandole.events.UserId;
import io.farandole.orchestrator.runs.Runs;
import io.farandole.orchestrator.verifying.ArchivedMessages;
import io.farandole.orchestrator.verifying.StoredRows;
import io.farandole.processors.Descriptions;
import io.farandole.processors.lists.Offering;
import io.farandole.processors.lists.Release;
import io.farandole.processors.lists.Releases;
import io.farandole.pubsub.journal.JournaledMessage;
import io.farandole.recommenders.taste.Assortment;
import io.farandole.recommenders.taste.KnownItem;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.Store;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Source events taken in by ingestion, and what it said of them folded by all processors that keep
 * something, each in another order; in memory, by the descriptions that the services run.
 */
final class FoldedFacts implements StoredRows, ArchivedMessages {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();
    private static final List<Processor> DESCRIBED = described();
    private static final Releases TASTE = new Releases(List.of(Release.TASTE));
    private static final Offering OFFERING =
            new Offering(true, Assortment.of(List.of(new KnownItem("item", List.of("books"), 1))));

    /** Of so many that a processor hears, one is put aside. */
    private static final int PUT_ASIDE = 8;

    private static final int RUN_FACTS = 40;

    private final List<Message<?>> told = new ArrayList<>();
    private final Map<String, Map<String, Set<UUID>>> putAside = new TreeMap<>();
    private final Set<Message<?>> hidden = new HashSet<>();
    private final Map<String, Map<String, JsonNode>> rows = new TreeMap<>();
    private final Map<String, JsonNode> served = new HashMap<>();
    private final EventCodec codec = new EventCodec();

    private static List<Processor> described() {
        List<Processor> all = new ArrayList<>(Descriptions.all());
        all.add(Runs.describe());
        return List.copyOf(all);
    }

    /**
     * @param facts of each kind so many
     */
    FoldedFacts(long seed, int facts) {
        RandomFacts random = new RandomFacts(seed);
        ProcessorDriver ingestion = driver(named("ingestion"));
        ProcessorDriver guardrails = driver(named("guardrails"));
        for (int i = 0; i < facts; i++) {
            ingestion.pipe(
                    TopicCatalogue.OFFERS,
                    random.offerFact(),
                    random.time(),
                    RandomFacts.PUBLISHED);
            ingestion.pipe(
                    TopicCatalogue.USERS, random.userFact(), random.time(), RandomFacts.PUBLISHED);
            for (int act = 0; act < 3; act++) {
                ingestion.pipe(
                        TopicCatalogue.INTERACTIONS,
                        random.interaction(),
                        act == 0 ? random.lately(RandomFacts.PUBLISHED) : random.time(),
                        RandomFacts.PUBLISHED);
            }
            told.add(
                    guardrails.message(
                            TopicCatalogue.IMPRESSIONS,
                            random.impression(Integer.toString(i)),
                            random.lately(RandomFacts.PUBLISHED)));
        }
        ingestion.pipe(
                TopicCatalogue.USERS,
                new UserEvent.Erased(RandomFacts.FORGOTTEN),
                random.time(),
                RandomFacts.PUBLISHED);
        for (Instant published :
                List.of(RandomFacts.EARLY, RandomFacts.PUBLISHED, RandomFacts.LATE)) {
            for (int i = 0; i < facts / 2; i++) {
                String call = i + published.toString();
                ingestion.pipe(
                        TopicCatalogue.INTERACTIONS,
                        random.interaction(),
                        random.lately(published),
                        published);
                told.add(
                        guardrails.message(
                                TopicCatalogue.IMPRESSIONS,
                                i < 3
                                        ? random.impression(RandomFacts.FORGOTTEN, call)
                                        : random.impression(call),
                                i == 0 ? published : random.lately(published)));
            }
        }
        ingestion.retryWaiting();
        ProcessorDriver gate = driver(named("gate"));
        for (int i = 0; i < RUN_FACTS; i++) {
            told.add(
                    gate.message(
                            TopicCatalogue.TRAINING,
                            i < 10 ? random.trainingFact(i) : random.releaseFact(i),
                            RandomFacts.TRAINED.plusSeconds(i)));
        }
        told.addAll(ingestion.said(TopicCatalogue.ACTIVITY));
        told.addAll(ingestion.said(TopicCatalogue.CATALOGUE));
        keep(ingestion, named("ingestion"));
        Random order = new Random(seed);
        for (Processor processor : DESCRIBED) {
            if (!processor.name().equals("ingestion") && !processor.stores().isEmpty()) {
                ProcessorDriver driver = driver(processor);
                Collections.shuffle(told, order);
                if (processor.name().equals("guardrails")) {
                    told.sort(Comparator.comparingInt(FoldedFacts::hoursFromErasures));
                }
                for (Message<?> message : told) {
                    if (!isPutAside(processor, message, order)) {
                        pipe(driver, processor, message);
                    }
                }
                keep(driver, processor);
            }
        }
        rows("personalisation.lists")
                .forEach((user, row) -> served.put(user, row.path("lists").path("taste")));
    }

    /**
     * What is told hours before or after anybody asks to be forgotten is heard before or after it:
     * what is left by that is all that depends on an order.
     */
    private static int hoursFromErasures(Message<?> message) {
        Instant recorded = message.envelope().recordedTime();
        return recorded.isAfter(RandomFacts.EARLY)
                ? recorded.isBefore(RandomFacts.LATE.minus(Duration.ofHours(1))) ? 0 : 1
                : -1;
    }

    /** Whether it is among the processor's dead letters, by chance. */
    private boolean isPutAside(Processor processor, Message<?> message, Random random) {
        if (random.nextInt(PUT_ASIDE) > 0 || isOf(RandomFacts.FORGOTTEN, message)) {
            return false;
        }
        for (Topic<?> topic : heardBy(processor, message)) {
            putAside.computeIfAbsent(processor.name(), _ -> new TreeMap<>())
                    .computeIfAbsent(topic.name(), _ -> new HashSet<>())
                    .add(identity(message));
        }
        return true;
    }

    private static boolean isOf(UserId user, Message<?> message) {
        return switch (message.event()) {
            case ActivityEvent act -> act.user().equals(user);
            case ImpressionEvent.PlaylistServed served -> served.user().equals(user);
            default -> false;
        };
    }

    private static UUID identity(Message<?> message) {
        return Identity.of(message.envelope().source(), message.envelope().id());
    }

    private boolean isHeardByAll(Message<?> message) {
        return putAside.values().stream()
                .flatMap(topics -> topics.values().stream())
                .noneMatch(ids -> ids.contains(identity(message)));
    }

    private static Processor named(String name) {
        return DESCRIBED.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private static ProcessorDriver driver(Processor processor) {
        ProcessorDriver driver = ProcessorDriver.of(processor);
        for (Reference<?> reference : processor.references()) {
            if (reference.type().equals(Offering.class)) {
                pin(driver, reference, OFFERING);
            } else if (reference.type().equals(Releases.class)) {
                pin(driver, reference, TASTE);
            }
        }
        return driver;
    }

    private static <T> void pin(ProcessorDriver driver, Reference<T> reference, Object value) {
        driver.pin(reference, reference.type().cast(value));
    }

    private static void pipe(ProcessorDriver driver, Processor processor, Message<?> message) {
        heardBy(processor, message).forEach(topic -> pipeOn(driver, topic, message));
    }

    private static List<Topic<?>> heardBy(Processor processor, Message<?> message) {
        return Stream.<Topic<?>>of(
                        TopicCatalogue.ACTIVITY,
                        TopicCatalogue.CATALOGUE,
                        TopicCatalogue.TRAINING,
                        TopicCatalogue.IMPRESSIONS)
                .filter(topic -> topic.family().isInstance(message.event()))
                .filter(
                        topic ->
                                processor.sources().stream()
                                        .anyMatch(one -> one.topic().equals(topic)))
                .toList();
    }

    private static <E extends Event> void pipeOn(
            ProcessorDriver driver, Topic<E> topic, Message<?> message) {
        driver.pipe(topic, new Message<>(message.envelope(), topic.family().cast(message.event())));
    }

    private void keep(ProcessorDriver driver, Processor processor) {
        if (!driver.failures().isEmpty()) {
            throw new AssertionError(processor.name() + ": " + driver.failures());
        }
        for (Store<?> store : processor.stores()) {
            Map<String, JsonNode> its = new TreeMap<>();
            driver.rows(store).forEach((key, value) -> its.put(key, JSON.valueToTree(value)));
            rows.put(processor.name() + "." + store.name(), its);
        }
    }

    /** The stores, to be tampered with. */
    Map<String, Map<String, JsonNode>> kept() {
        return rows;
    }

    /** Who asked to be forgotten. */
    Set<String> erased() {
        Set<String> erased = new HashSet<>();
        for (Message<?> message : told) {
            if (message.event() instanceof ActivityEvent.Erased one) {
                erased.add(one.user().value());
            }
        }
        return erased;
    }

    /** The places of some events each of which is counted somewhere. */
    List<Integer> counted(int most) {
        return IntStream.range(0, told.size())
                .filter(number -> isHeardByAll(told.get(number)))
                .filter(
                        number ->
                                told.get(number).event() instanceof ActivityEvent.Rated
                                        || told.get(number).event() instanceof ActivityEvent.Viewed)
                .limit(most)
                .boxed()
                .toList();
    }

    /** Forgets one of the events that were archived. */
    Message<?> forget(int number) {
        return told.remove(number);
    }

    /** Archived events of these kinds, from now on as if their users had asked to be forgotten. */
    List<Message<?>> withhold(Class<? extends ActivityEvent> kind, int most) {
        List<Message<?>> some =
                told.stream()
                        .filter(message -> kind.isInstance(message.event()))
                        .filter(this::isHeardByAll)
                        .<Message<?>>map(message -> message)
                        .limit(most)
                        .toList();
        hidden.addAll(some);
        return some;
    }

    void remember(int number, Message<?> message) {
        told.add(number, message);
    }

    int events() {
        return told.size();
    }

    @Override
    public Set<String> stores() {
        return new HashSet<>(rows.keySet());
    }

    @Override
    public Map<String, JsonNode> rows(String store) {
        return rows.getOrDefault(store, Map.of());
    }

    @Override
    public Map<String, JsonNode> served() {
        return served;
    }

    @Override
    public Map<String, Map<String, Set<UUID>>> putAside() {
        return putAside;
    }

    @Override
    public Map<String, Set<UUID>> unreadable() {
        return Map.of();
    }

    @Override
    public void read(
            Set<String> topics,
            Consumer<JournaledMessage> given,
            Consumer<JournaledMessage> withheld) {
        for (Message<?> message : told) {
            for (Topic<?> topic : TopicCatalogue.all()) {
                if (topics.contains(topic.name()) && topic.family().isInstance(message.event())) {
                    (hidden.contains(message) ? withheld : given).accept(journaled(topic, message));
                }
            }
        }
    }

    private JournaledMessage journaled(Topic<?> topic, Message<?> message) {
        Encoded encoded = codec.encode(message, topic);
        Instant published = message.envelope().recordedTime();
        return new JournaledMessage(
                topic.name(),
                message.envelope().id(),
                encoded.orderingKey(),
                encoded.attributes(),
                encoded.data(),
                published);
    }
}
