package io.farandole.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static final UserId USER = new UserId("42");
    private static final OfferId OFFER = new OfferId("offer-7");

    @Test
    void starsAreBetweenHalfAStarAndFive() {
        for (double value : new double[] {0.5, 3.75, 5}) {
            assertThat(new InteractionEvent.Rated(USER, OFFER, value).value()).isEqualTo(value);
        }
        for (double value :
                new double[] {0, 0.49, 5.01, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused("value", () -> new InteractionEvent.Rated(USER, OFFER, value));
        }
    }

    @Test
    void bookingsHaveAnIdAQuantityAndAPrice() {
        refused("booking", () -> new InteractionEvent.BookingMade(USER, OFFER, " ", 1, 0));
        refused("booking", () -> new InteractionEvent.BookingUsed(USER, OFFER, "x".repeat(201)));
        refused("quantity", () -> new InteractionEvent.BookingMade(USER, OFFER, "b", 0, 0));
        refused("priceCents", () -> new InteractionEvent.BookingMade(USER, OFFER, "b", 1, -1));
    }

    @Test
    void creditIsNeverNegative() {
        refused("cents", () -> new UserEvent.CreditSpent(USER, -1));
        refused("cents", () -> new UserEvent.CreditGranted(USER, -1, null));
    }

    @Test
    void titlesSaySomethingInAtMostFiveHundredCharacters() {
        assertThat(offer("x".repeat(500), List.of(), null).title()).hasSize(500);
        refused("title", () -> offer("", List.of(), null));
        refused("title", () -> offer("\t\n", List.of(), null));
        refused("title", () -> offer("x".repeat(501), List.of(), null));
        refused("title", () -> offer("a\u0000b", List.of(), null));
        refused("title", () -> offer("a\ud83d", List.of(), null));
    }

    @Test
    void categoriesAreFewShortAndKept() {
        assertThat(offer("t", Collections.nCopies(50, "x".repeat(100)), null).categories())
                .hasSize(50);
        refused("categories", () -> offer("t", Collections.nCopies(51, "x"), null));
        refused("categories[1]", () -> offer("t", List.of("a", " "), null));
        refused("categories[0]", () -> offer("t", List.of("x".repeat(101)), null));
        List<String> given = new ArrayList<>(List.of("a"));
        OfferEvent.Published offer = offer("t", given, null);
        given.add("b");
        assertThat(offer.categories()).containsExactly("a");
    }

    @Test
    void whatOnlySomeProducersSayIsCheckedToo() {
        assertThat(offer("CINE", 15, 48.85, -2.34).latitude()).isEqualTo(48.85);
        assertThat(offer(null, null, null, null).subcategory()).isNull();
        refused("subcategory", () -> offer(" ", null, null, null));
        refused("minimumAge", () -> offer("CINE", -1, null, null));
        refused("minimumAge", () -> offer("CINE", 151, null, null));
        refused("latitude", () -> offer("CINE", 15, 90.01, 0.0));
        refused("latitude", () -> offer("CINE", 15, Double.NaN, 0.0));
        refused("longitude", () -> offer("CINE", 15, 0.0, -180.5));
        refused("latitude", () -> offer("CINE", 15, 48.85, null));
        refused("longitude", () -> offer("CINE", 15, null, 2.34));
    }

    private static OfferEvent.Published offer(
            @Nullable String subcategory,
            @Nullable Integer minimumAge,
            @Nullable Double latitude,
            @Nullable Double longitude) {
        return new OfferEvent.Published(
                OFFER,
                null,
                "t",
                List.of(),
                0,
                false,
                null,
                null,
                null,
                subcategory,
                null,
                null,
                minimumAge,
                null,
                latitude,
                longitude);
    }

    @Test
    void stockIsAbsentOrNotNegative() {
        assertThat(offer("t", List.of(), null).stock()).isNull();
        assertThat(offer("t", List.of(), 0).stock()).isZero();
        refused("stock", () -> offer("t", List.of(), -1));
        refused("stock", () -> new OfferEvent.StockChanged(OFFER, -1));
    }

    @Test
    void timesFitIntoWhatIsWritten() {
        refused("birthDate", () -> new UserEvent.Registered(USER, LocalDate.of(10_000, 1, 1)));
        refused("expires", () -> new UserEvent.CreditGranted(USER, 1, Instant.MAX));
    }

    @Test
    void idsAreShortAndVisible() {
        for (String id : List.of("", " ", "x".repeat(201), "a\nb", "a\u0085b", "💃")) {
            assertThatThrownBy(() -> new UserId(id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("user id ");
        }
        assertThat(new ItemId("ISBN 978-2-07-036822-8 / é"))
                .hasToString("ISBN 978-2-07-036822-8 / é");
    }

    private static OfferEvent.Published offer(
            String title, List<String> categories, @Nullable Integer stock) {
        return new OfferEvent.Published(OFFER, null, title, categories, 0, true, stock, null, null);
    }

    private static void refused(String component, ThrowingCallable construction) {
        assertThatThrownBy(construction)
                .isInstanceOfSatisfying(
                        InvalidFact.class, e -> assertThat(e.component()).isEqualTo(component));
    }
}
