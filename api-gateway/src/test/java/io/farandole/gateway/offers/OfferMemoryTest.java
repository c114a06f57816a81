package io.farandole.gateway.offers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.events.CatalogueEvent;
import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.events.CatalogueEvent.OfferModerated;
import io.farandole.events.CatalogueEvent.OfferWithdrawn;
import io.farandole.events.CatalogueEvent.StockChanged;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the memory knows, whichever way it came to know it. */
class OfferMemoryTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final OfferMemory memory = new OfferMemory(Duration.ofMinutes(10));

    /** An event, and when it happened in seconds from noon. */
    private record Said(CatalogueEvent event, int second) {

        Told by() {
            return new Told(NOON.plusSeconds(second), "app", "event-" + second);
        }
    }

    @Test
    void knowsWhatEventsSay() {
        assertThat(hear(new Said(listed("film", "tonight", 800, 5), 1))).containsExactly("film");
        OfferFacts facts = facts("tonight");
        assertThat(facts.priceCents()).isEqualTo(800);
        assertThat(facts.stock()).isEqualTo(5);
        assertThat(facts.listedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(memory.assortment().items()).containsExactly("film");
        assertThat(memory.assortment().offersOf("film")).containsExactly(facts);
        assertThat(memory.assortment().itemOf("tonight")).isEqualTo("film");
    }

    @Test
    void tellsOfWhatMayBeShownAndNotOfEachUnit() {
        hear(new Said(listed("film", "tonight", 800, 5), 1));
        assertThat(hear(new Said(stock("tonight", 4), 2))).isEmpty();
        assertThat(facts("tonight").stock()).isEqualTo(4);
        assertThat(hear(new Said(stock("tonight", 0), 3))).containsExactly("film");
        assertThat(hear(new Said(stock("tonight", 9), 4))).containsExactly("film");
        assertThat(hear(new Said(moderated("tonight", false), 5))).containsExactly("film");
        assertThat(facts("tonight").active()).isFalse();
        // Told before what is known already.
        assertThat(hear(new Said(stock("tonight", 0), 2))).isEmpty();
        assertThat(facts("tonight").stock()).isEqualTo(9);
    }

    @Test
    void isTheSameInWhateverOrderAndHoweverOftenItHears() {
        List<Said> said =
                List.of(
                        new Said(listed("film", "a", 800, 5), 1),
                        new Said(listed("film", "b", 900, null), 2),
                        new Said(stock("a", 0), 3),
                        new Said(new OfferWithdrawn(new ItemId("film"), new OfferId("b")), 4),
                        new Said(listed("film", "b", 700, 2), 5),
                        new Said(moderated("a", false), 6),
                        new Said(listed("play", "a", 100, 1), 7),
                        new Said(new OfferWithdrawn(new ItemId("film"), new OfferId("a")), 8),
                        new Said(moderated("a", true), 9));
        said.forEach(this::hear);
        assertThat(offers(memory)).isNotEmpty();
        for (long seed = 0; seed < 50; seed++) {
            List<Said> shuffled = new ArrayList<>(said);
            shuffled.addAll(said.subList(2, 6));
            Collections.shuffle(shuffled, new Random(seed));
            OfferMemory other = new OfferMemory(Duration.ofMinutes(10));
            shuffled.forEach(one -> other.heard(one.event(), one.by()));
            assertThat(offers(other)).as("seed %d", seed).isEqualTo(offers(memory));
        }
    }

    @Test
    void whatWasHeardIsAheadOfWhatIsRead() {
        read(row("film", "tonight", 1, 5, 1));
        hear(new Said(stock("tonight", 0), 3));
        // The catalogue has not got that far.
        read(row("film", "tonight", 1, 5, 1));
        assertThat(facts("tonight").stock()).isZero();
        assertThat(Objects.requireNonNull(memory.read(row("film", "tonight", 1, 5, 1))).stock())
                .isZero();
        // And now it is further than we are.
        assertThat(read(row("film", "tonight", 1, 7, 4))).containsExactly("film");
        assertThat(facts("tonight").stock()).isEqualTo(7);
    }

    @Test
    void whatIsReadIsRightOfWhatWasNotHeard() {
        read(row("film", "tonight", 5, 5, 5), row("play", "later", 5, 1, 5));
        // Another generation of the catalogue, which was told less.
        assertThat(read(row("film", "tonight", 4, 0, 4))).containsExactlyInAnyOrder("film", "play");
        assertThat(facts("tonight").stock()).isZero();
        assertThat(memory.facts("later")).isNull();
        assertThat(memory.assortment().items()).containsExactly("film");
    }

    @Test
    void whatWasHeardAndIsNotInTheCatalogueYetStays() {
        hear(new Said(listed("film", "tonight", 800, 5), 1));
        assertThat(read()).isEmpty();
        assertThat(facts("tonight").stock()).isEqualTo(5);
        OfferMemory impatient = new OfferMemory(Duration.ofNanos(1));
        impatient.heard(listed("film", "tonight", 800, 5), new Told(NOON, "app", "1"));
        impatient.read(List.of(), System.nanoTime());
        assertThat(impatient.facts("tonight")).isNull();
        assertThat(impatient.assortment().isEmpty()).isTrue();
    }

    @Test
    void theMostPopularComeFirstAndWhatIsNewAtTheEnd() {
        read(row("a", "1", 1, 1, 1), row("b", "2", 1, 1, 1), row("c", "3", 1, 1, 1));
        memory.order(Map.of("c", 9L, "b", 3L));
        Assortment before = memory.assortment();
        hear(new Said(listed("aa", "4", 0, 1), 1));
        assertThat(memory.assortment().items()).containsExactly("c", "b", "a", "aa");
        assertThat(before.items()).containsExactly("c", "b", "a");
        // Read again, it is in the same order.
        read(row("a", "1", 1, 1, 1), row("b", "2", 1, 1, 1), row("c", "3", 1, 1, 1));
        assertThat(memory.assortment().items()).containsExactly("c", "b", "a", "aa");
    }

    @Test
    void findsWhatIsOfAKindAlsoWhatCameSinceAllWasPutInOrder() {
        hear(new Said(listed("film", "tonight", 800, 5), 1));
        memory.order(Map.of());
        hear(new Said(listed("play", "later", 800, 5), 1));
        Assortment known = memory.assortment();
        assertThat(known.itemsOf(List.of("Drama"))).containsExactly("film", "play");
        assertThat(known.itemsOf(List.of("Comedy"))).isEmpty();
        assertThat(known.offers()).hasSize(2);
        assertThat(known.isAll(known.items())).isTrue();
        assertThat(known.isAll(List.of("film", "play"))).isFalse();
        hear(new Said(new OfferWithdrawn(new ItemId("film"), new OfferId("tonight")), 2));
        // Whoever has it sees what each item's offers are now.
        assertThat(known.offersOf("film").getFirst().active()).isFalse();
    }

    @Test
    void passesOverWhatCostsSomethingOrIsSomewhereElseUnlessItIsToldOfAgain() {
        hear(new Said(listed("a", "1", 800, 5), 1));
        hear(new Said(listed("b", "2", 0, 5), 2));
        hear(new Said(at("c", "3", false, 2.35), 3));
        hear(new Said(at("d", "4", true, 2.35), 4));
        hear(new Said(at("e", "5", false, 5.37), 5));
        Area paris = place -> place != null && place.longitude() < 3;
        assertThat(candidates(false, null)).containsExactly("a", "b", "c", "d", "e");
        assertThat(candidates(true, paris)).as("not ordered yet").hasSize(5);
        memory.order(Map.of());
        assertThat(candidates(false, null)).containsExactly("a", "b", "c", "d", "e");
        assertThat(candidates(true, null)).containsExactly("b");
        assertThat(candidates(false, paris)).containsExactly("c", "d");
        assertThat(candidates(true, paris)).isEmpty();
        // It becomes free, it moves, it is new: at once, and not from when all is put in order.
        hear(new Said(listed("a", "1", 0, 5), 6));
        hear(new Said(at("e", "5", false, 2.36), 7));
        hear(new Said(listed("f", "6", 0, 5), 8));
        assertThat(candidates(true, null)).contains("a", "b", "f");
        assertThat(candidates(false, paris)).contains("c", "d", "e", "f");
        memory.order(Map.of());
        assertThat(candidates(true, null)).containsExactly("a", "b", "f");
        assertThat(candidates(false, paris)).containsExactly("c", "d", "e");
        // Nothing was told since: it is the same order, as of later.
        Instant before = memory.assortment().at();
        await().until(() -> Instant.now().isAfter(before));
        memory.order(Map.of());
        assertThat(memory.assortment().at()).isAfter(before);
        assertThat(candidates(true, null)).containsExactly("a", "b", "f");
    }

    private List<String> candidates(boolean isFree, @Nullable Area in) {
        Assortment known = memory.assortment();
        return known.candidates(isFree, in).stream().mapToObj(known.items()::get).toList();
    }

    private static OfferListed at(String item, String offer, boolean digital, double longitude) {
        return new OfferListed(
                new ItemId(item),
                new OfferId(offer),
                "An offer",
                List.of(),
                100,
                digital,
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                48.85,
                longitude);
    }

    /** By item; what an item without any is, depends on when all was put in order. */
    private static Map<String, List<OfferFacts>> offers(OfferMemory of) {
        Assortment known = of.assortment();
        Map<String, List<OfferFacts>> offers = new TreeMap<>();
        known.items().stream()
                .filter(item -> !known.offersOf(item).isEmpty())
                .forEach(item -> offers.put(item, known.offersOf(item)));
        return offers;
    }

    private Set<String> hear(Said said) {
        return memory.heard(said.event(), said.by());
    }

    private Set<String> read(CatalogueRow... rows) {
        return memory.read(List.of(rows), System.nanoTime());
    }

    private OfferFacts facts(String offer) {
        return Objects.requireNonNull(memory.facts(offer));
    }

    private static CatalogueRow row(String item, String offer, int listed, int stock, int stocked) {
        String told =
                """
                {"priceCents":800,"listed":["%s","app","event-%d"],"stock":%d,"stocked":["%s","app","event-%d"]}
                """
                        .formatted(
                                NOON.plusSeconds(listed),
                                listed,
                                stock,
                                NOON.plusSeconds(stocked),
                                stocked);
        return new CatalogueRow(
                KeptOffer.kept(offer, item, JsonMapper.shared().readTree(told)),
                new KeptItem(item, item, List.of(), Told.NEVER));
    }

    private static OfferListed listed(
            String item, String offer, int price, @Nullable Integer stock) {
        return new OfferListed(
                new ItemId(item),
                new OfferId(offer),
                "An offer",
                List.of("Drama"),
                price,
                false,
                stock,
                null,
                null);
    }

    private static StockChanged stock(String offer, int units) {
        return new StockChanged(new ItemId("film"), new OfferId(offer), units);
    }

    private static OfferModerated moderated(String offer, boolean approved) {
        return new OfferModerated(new ItemId("film"), new OfferId(offer), approved, null);
    }
}
