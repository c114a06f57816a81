package io.farandole.local.culture;

import io.farandole.events.Event;
import io.farandole.events.InteractionEvent;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.OfferId;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserEvent;
import io.farandole.local.culture.Life.Happening;
import io.farandole.local.importing.EventSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All of it: what there is, who is there, and what they did. */
public final class Culture implements EventSet {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Duration LISTED_BEFORE = Duration.ofDays(100);

    /** Of their credit people may spend so many cents on what can be had anywhere. */
    private static final int DIGITAL_CAP = 10_000;

    private static final List<Zone> ZONES = Zone.all();

    private final String source;
    private final Instant now;
    private final List<Item> items;
    private final List<Life> lives;
    private final List<Happening> happened;
    private final Map<String, Integer> stock;
    private final Map<String, Item> itemByOffer = new HashMap<>();
    private final Map<String, Offer> offerById = new HashMap<>();

    private Culture(
            String source,
            Instant now,
            List<Item> items,
            List<Life> lives,
            Map<String, Integer> stock) {
        this.source = source;
        this.now = now;
        this.items = items;
        this.lives = lives;
        this.happened =
                lives.stream()
                        .flatMap(life -> life.happened().stream())
                        .sorted(Comparator.comparing(Happening::at))
                        .toList();
        this.stock = stock;
        for (Item item : items) {
            for (Offer offer : item.offers()) {
                itemByOffer.put(offer.id(), item);
                offerById.put(offer.id(), offer);
            }
        }
    }

    /**
     * The same for the same seed, scale and day.
     *
     * @param today from which evening on its sessions are
     */
    public static Culture of(long seed, Scale scale, LocalDate today) {
        SplittableRandom random = new SplittableRandom(seed);
        Instant now = today.atStartOfDay(PARIS).toInstant();
        List<Item> items = new MakingOffers(random.split(), scale, today).items();
        MakingUsers users = new MakingUsers(random.split(), today);
        Living living = new Living(random.split(), now, items);
        List<Life> lives = new ArrayList<>(scale.users());
        for (int number = 1; number <= scale.users(); number++) {
            User user = users.user(number);
            lives.add(living.live(user, Period.between(user.birthDate(), today).getYears()));
        }
        return new Culture(
                "culture/" + seed + "/" + today,
                now,
                items,
                List.copyOf(lives),
                Map.copyOf(living.stock()));
    }

    @Override
    public int eventCount() {
        return offerById.size() + happened.size() + stockChanges().size();
    }

    public int offerCount() {
        return offerById.size();
    }

    public int itemCount() {
        return items.size();
    }

    public int userCount() {
        return lives.size();
    }

    /** Events of each topic that users are told of in. */
    public long count(Topic<?> topic) {
        return happened.stream().filter(event -> topic(event.event()).equals(topic)).count();
    }

    /** Those who did something. */
    public List<String> activeUsers() {
        return lives.stream()
                .filter(life -> life.user().acts() > 0)
                .map(life -> life.user().id())
                .toList();
    }

    /** Those who only registered, and perhaps said what they like. */
    public List<String> newUsers() {
        return lives.stream()
                .filter(life -> life.user().acts() == 0)
                .map(life -> life.user().id())
                .toList();
    }

    /** {@link #wrongs(String, List, Instant)} as the day begins, when nothing of it is over. */
    public List<String> wrongs(String user, List<String> shown) {
        return wrongs(user, shown, now);
    }

    /**
     * What is wrong with showing these offers to this user; nothing if all is right. Known from how
     * it was made, not from what became of the events.
     *
     * @param asked when it was asked for
     */
    public List<String> wrongs(String user, List<String> shown, Instant asked) {
        Life life = lives.get(Integer.parseInt(user) - 1);
        int age =
                Period.between(life.user().birthDate(), now.atZone(PARIS).toLocalDate()).getYears();
        List<String> wrongs = new ArrayList<>();
        List<String> products = new ArrayList<>();
        for (String id : shown) {
            Offer offer = offerById.get(id);
            Item item = itemByOffer.get(id);
            if (offer == null || item == null) {
                wrongs.add(id + " does not exist");
                continue;
            }
            if (products.contains(item.product())) {
                wrongs.add(id + " is of an item that is there already");
            }
            products.add(item.product());
            if (item.subcategory().minimumAge() > age) {
                wrongs.add(id + " is not for the age of " + age);
            }
            if (offer.priceCents() > life.creditCents()) {
                wrongs.add(id + " costs more than is left");
            }
            if (item.subcategory().isDigital()
                    && offer.priceCents() > Math.max(0, DIGITAL_CAP - life.digitalCents())) {
                wrongs.add(id + " costs more than may go to digital offers");
            }
            if (offer.bookableUntil() != null && !offer.bookableUntil().isAfter(asked)) {
                wrongs.add(id + " can no longer be booked");
            }
            if (life.bookedItems().contains(item.product())) {
                wrongs.add(id + " was booked");
            }
            if (stock.getOrDefault(id, 1) == 0) {
                wrongs.add(id + " is sold out");
            }
        }
        return wrongs;
    }

    /** The ids of its zones. */
    public List<String> zones() {
        return ZONES.stream().map(Zone::id).toList();
    }

    /** Its zones as GeoJSON. */
    public String zonesAsGeoJson() {
        return ZonesAsGeoJson.of(ZONES);
    }

    /** Those of these offers that are somewhere, but not in the zone. */
    public List<String> outside(String zone, List<String> shown) {
        Zone one = ZONES.stream().filter(any -> any.id().equals(zone)).findFirst().orElseThrow();
        return shown.stream().filter(id -> isSomewhere(id) && !one.touches(placeOf(id))).toList();
    }

    /** Whether it is to be had in one place: not anywhere. */
    public boolean isSomewhere(String offer) {
        return of(offer).place() != null;
    }

    private Place placeOf(String offer) {
        return Objects.requireNonNull(of(offer).place());
    }

    private Offer of(String offer) {
        return Objects.requireNonNull(offerById.get(offer), () -> "there is no offer " + offer);
    }

    @Override
    public void offers(Clock clock, Consumer<Message<?>> consumer) {
        for (Item item : items) {
            for (Offer offer : item.offers()) {
                consumer.accept(
                        Message.said(
                                TopicCatalogue.OFFERS,
                                source,
                                "offer-" + offer.id(),
                                now.minus(LISTED_BEFORE),
                                clock.instant(),
                                published(item, offer)));
            }
        }
    }

    @Override
    public void acts(Clock clock, Consumer<Message<?>> consumer) {
        for (Happening event : happened) {
            consumer.accept(message(event, clock));
        }
        stockChanges()
                .forEach(
                        (offer, units) ->
                                consumer.accept(
                                        Message.said(
                                                TopicCatalogue.OFFERS,
                                                source,
                                                "stock-" + offer,
                                                now,
                                                clock.instant(),
                                                new OfferEvent.StockChanged(
                                                        new OfferId(offer), units))));
    }

    private Map<String, Integer> stockChanges() {
        Map<String, Integer> changes = new TreeMap<>();
        stock.forEach(
                (offer, units) -> {
                    if (!units.equals(Objects.requireNonNull(offerById.get(offer)).stock())) {
                        changes.put(offer, units);
                    }
                });
        return changes;
    }

    private static OfferEvent.Published published(Item item, Offer offer) {
        Place place = offer.place();
        return new OfferEvent.Published(
                new OfferId(offer.id()),
                item.product(),
                item.title(),
                List.of(item.genre(), item.subcategory().group(), item.subcategory().id()),
                offer.priceCents(),
                item.subcategory().isDigital(),
                offer.stock(),
                offer.venue(),
                offer.startsAt(),
                item.subcategory().id(),
                item.subcategory().group(),
                offer.duo() ? Boolean.TRUE : null,
                item.subcategory().minimumAge() == 0 ? null : item.subcategory().minimumAge(),
                offer.bookableUntil(),
                place == null ? null : place.latitude(),
                place == null ? null : place.longitude());
    }

    private static Topic<?> topic(Event event) {
        return event instanceof UserEvent ? TopicCatalogue.USERS : TopicCatalogue.INTERACTIONS;
    }

    private Message<?> message(Happening told, Clock clock) {
        Instant recorded = clock.instant();
        return switch (told.event()) {
            case UserEvent event ->
                    Message.said(
                            TopicCatalogue.USERS, source, told.id(), told.at(), recorded, event);
            case InteractionEvent event ->
                    Message.said(
                            TopicCatalogue.INTERACTIONS,
                            source,
                            told.id(),
                            told.at(),
                            recorded,
                            event);
            default -> throw new IllegalStateException("users say nothing else");
        };
    }
}
