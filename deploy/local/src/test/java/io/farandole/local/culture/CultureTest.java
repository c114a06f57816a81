package io.farandole.local.culture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.InteractionEvent.BookingMade;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent.Published;
import io.farandole.events.OfferEvent.StockChanged;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserEvent.CreditGranted;
import io.farandole.events.UserEvent.CreditSpent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CultureTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
    private static final Instant MIDNIGHT = Instant.parse("2026-11-27T23:00:00Z");
    private static final Clock CLOCK = Clock.fixed(MIDNIGHT, ZoneOffset.UTC);
    private static final Scale SMALL = new Scale(1_000, 200);

    private final Culture culture = Culture.of(7, SMALL, TODAY);
    private final List<Message<?>> offers = new ArrayList<>();
    private final List<Message<?>> acts = new ArrayList<>();

    CultureTest() {
        culture.offers(CLOCK, offers::add);
        culture.acts(CLOCK, acts::add);
    }

    @Test
    void isTheSameForTheSameSeedAndDay() {
        List<Message<?>> again = new ArrayList<>();
        Culture.of(7, SMALL, TODAY).offers(CLOCK, again::add);
        Culture.of(7, SMALL, TODAY).acts(CLOCK, again::add);
        assertThat(again).startsWith(offers.toArray(Message[]::new)).endsWith(acts.getLast());
        assertThat(again).hasSize(offers.size() + acts.size()).hasSize(culture.eventCount());
        List<Message<?>> other = new ArrayList<>();
        Culture.of(8, SMALL, TODAY).offers(CLOCK, other::add);
        assertThat(other).isNotEqualTo(offers);
    }

    @Test
    void hasAsMuchAsWasAskedForOfEachSort() {
        List<Published> published =
                offers.stream().map(Message::event).map(Published.class::cast).toList();
        assertThat(published).hasSize(1_000);
        assertThat(published.stream().map(Published::product).distinct()).hasSize(600);
        assertThat(published)
                .anyMatch(offer -> offer.priceCents() == 0)
                .anyMatch(offer -> offer.priceCents() > 5_000)
                .anyMatch(Published::digital)
                .anyMatch(offer -> Objects.requireNonNullElse(offer.minimumAge(), 0) == 18)
                .anyMatch(offer -> Boolean.TRUE.equals(offer.duo()))
                .allMatch(offer -> offer.digital() == (offer.latitude() == null))
                .allMatch(offer -> offer.startsAt() == null || offer.startsAt().isAfter(MIDNIGHT));
        assertThat(published.stream().map(Published::startsAt).filter(Objects::nonNull))
                .anyMatch(start -> start.isBefore(MIDNIGHT.plusSeconds(86_400)))
                .anyMatch(start -> start.isAfter(MIDNIGHT.plusSeconds(25 * 86_400)))
                .allMatch(start -> start.isBefore(MIDNIGHT.plusSeconds(31 * 86_400)));
    }

    @Test
    void happensInOrderOfTimeWithIdsOfItsOwn() {
        assertThat(acts.stream().map(message -> message.envelope().time()))
                .isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(acts.stream().map(message -> message.envelope().id())).doesNotHaveDuplicates();
        assertThat(culture.activeUsers()).hasSizeBetween(150, 199);
        assertThat(culture.newUsers()).isNotEmpty();
        assertThat(culture.count(TopicCatalogue.INTERACTIONS)).isGreaterThan(2_000);
    }

    @Test
    void nobodySpendsMoreThanTheyHaveAndNothingIsSoldTwice() {
        Map<String, Integer> credit = new HashMap<>();
        Map<String, Integer> stock = new HashMap<>();
        offers.forEach(
                message -> {
                    if (message.event() instanceof Published offer && offer.stock() != null) {
                        stock.put(offer.offer().value(), offer.stock());
                    }
                });
        int booked = 0;
        for (Message<?> message : acts) {
            switch (message.event()) {
                case CreditGranted e -> credit.merge(e.user().value(), e.cents(), Integer::sum);
                case CreditSpent e ->
                        assertThat(credit.merge(e.user().value(), -e.cents(), Integer::sum))
                                .isNotNegative();
                case BookingMade _ -> booked++;
                case StockChanged e ->
                        assertThat(e.stock())
                                .isBetween(0, stock.getOrDefault(e.offer().value(), 0) - 1);
                default -> {}
            }
        }
        assertThat(booked).isGreaterThan(300);
    }

    @Test
    void knowsWhatIsWrongWithAList() {
        String user = culture.activeUsers().getFirst();
        assertThat(culture.wrongs(user, List.of())).isEmpty();
        assertThat(culture.wrongs(user, List.of("nothing")))
                .containsExactly("nothing does not exist");
        String offer = ((Published) offers.getFirst().event()).offer().value();
        assertThat(culture.wrongs(user, List.of(offer, offer)))
                .contains(offer + " is of an item that is there already");
    }

    @Test
    void everyPlaceInATownIsInOneZoneAndZonesAreClosed() {
        List<Zone> zones = Zone.all();
        assertThat(zones).extracting(Zone::id).doesNotHaveDuplicates().hasSize(26);
        assertThat(zones)
                .allSatisfy(
                        zone ->
                                assertThat(zone.ring().getFirst())
                                        .isEqualTo(zone.ring().getLast()));
        int inOne = 0;
        int places = 0;
        for (Message<?> message : offers) {
            Published offer = (Published) message.event();
            if (offer.latitude() != null && offer.longitude() != null) {
                Place place = new Place(offer.latitude(), offer.longitude());
                long in = zones.stream().filter(zone -> zone.contains(place)).count();
                assertThat(in).isLessThanOrEqualTo(1);
                places++;
                inOne += (int) in;
            }
        }
        // Some are farther out.
        assertThat(inOne).isBetween(places * 3 / 5, places - 1);
    }

    @Test
    void aBorderIsOfBothSides() {
        // Straight to the north of the middle three zones meet, the inner one and two around it.
        Place corner = Place.PARIS.towards(0, 2_000);
        assertThat(Zone.all()).filteredOn(zone -> zone.touches(corner)).hasSize(3);
        Place farther = Place.PARIS.towards(0.1, 2_500);
        assertThat(Zone.all())
                .filteredOn(zone -> zone.touches(farther))
                .extracting(Zone::id)
                .containsExactly("paris-2");
    }

    @Test
    void knowsWhatIsOutsideOfAZone() {
        String somewhere =
                offers.stream()
                        .map(message -> ((Published) message.event()).offer().value())
                        .filter(culture::isSomewhere)
                        .findFirst()
                        .orElseThrow();
        List<String> outside =
                culture.zones().stream()
                        .filter(zone -> !culture.outside(zone, List.of(somewhere)).isEmpty())
                        .toList();
        assertThat(outside).hasSizeGreaterThanOrEqualTo(culture.zones().size() - 1);
        assertThat(culture.zonesAsGeoJson())
                .startsWith("{\"type\":\"FeatureCollection\"")
                .contains("\"id\":\"paris-21\"", "\"id\":\"strasbourg\"");
    }

    @Test
    void knowsWhatIsOver() {
        Instant late = MIDNIGHT.plusSeconds(40 * 86_400);
        String user = culture.activeUsers().getFirst();
        String session =
                offers.stream()
                        .map(message -> (Published) message.event())
                        .filter(offer -> offer.bookableUntil() != null)
                        .findFirst()
                        .orElseThrow()
                        .offer()
                        .value();
        assertThat(culture.wrongs(user, List.of(session), late))
                .contains(session + " can no longer be booked");
        assertThat(culture.wrongs(user, List.of(session)))
                .doesNotContain(session + " can no longer be booked");
    }

    @Test
    void aScaleIsRead() {
        assertThat(Scale.parse("offers=50000,users=20000")).isEqualTo(new Scale(50_000, 20_000));
        assertThat(Scale.parse("users=30")).isEqualTo(new Scale(5_000, 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "offers", "offers=x", "venues=3", "offers=1", "users=-1"})
    void whatIsNoScaleIsRefused(String text) {
        assertThatThrownBy(() -> Scale.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
