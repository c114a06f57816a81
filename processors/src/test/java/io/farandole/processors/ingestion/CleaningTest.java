package io.farandole.processors.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.Cause;
import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.InteractionEvent;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.OfferId;
import io.farandole.events.UserEvent;
import io.farandole.events.UserId;
import io.farandole.streams.Stepped;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleaningTest {

    private static final OfferId OFFER = new OfferId(" kept as it is ");

    private final Cleaning cleaning = new Cleaning();

    @Test
    void writesTitlesInOneWay() {
        // An e with a combining accent, and all kinds of spaces.
        OfferEvent.Published cleaned =
                published("  Ame\u0301lie \t of\u00a0\u2003Paris\n", "Drama");

        assertThat(cleaned.title()).isEqualTo("Am\u00e9lie of Paris");
        assertThat(cleaned.offer()).isEqualTo(OFFER);
    }

    @Test
    void keepsEachCategoryOnceAndInOrder() {
        assertThat(
                        published("Alien", "SciFi ", "Horror", " SciFi", "\u00a0", "Horror")
                                .categories())
                .containsExactly("SciFi", "Horror");
    }

    @Test
    void cleansAnswersAndReasons() {
        assertThat(
                        clean(
                                new UserEvent.OnboardingAnswered(
                                        new UserId("ann"), List.of("Jazz", " Jazz"))))
                .isEqualTo(new UserEvent.OnboardingAnswered(new UserId("ann"), List.of("Jazz")));
        assertThat(clean(new OfferEvent.Moderated(OFFER, true, "\u00a0")))
                .isEqualTo(new OfferEvent.Moderated(OFFER, true, null));
    }

    @Test
    void refusesATitleOfWhichNothingIsLeft() {
        assertThat(cleaning.apply(going(offer("\u00a0\u2003"))))
                .isEqualTo(new Stepped.Refused<>("when cleaned, title is blank", "$.published"));
    }

    @Test
    void leavesAloneWhatHasNoText() {
        Event viewed = new InteractionEvent.Viewed(new UserId("ann"), OFFER);

        assertThat(clean(viewed)).isSameAs(viewed);
    }

    @Test
    void passesARefusalOn() {
        Stepped<Event> refused = new Stepped.Refused<>("no", "$");

        assertThat(cleaning.apply(refused)).isSameAs(refused);
    }

    private OfferEvent.Published published(String title, String... categories) {
        return (OfferEvent.Published) clean(offer(title, categories));
    }

    private Event clean(Event event) {
        return ((Stepped.Going<Event>) cleaning.apply(going(event))).message().event();
    }

    private static OfferEvent offer(String title, String... categories) {
        return new OfferEvent.Published(
                OFFER, null, title, List.of(categories), 0, true, null, null, null);
    }

    private static Stepped<Event> going(Event event) {
        Instant now = Instant.EPOCH;
        Envelope envelope =
                new Envelope(
                        "1",
                        "test",
                        "type",
                        "subject",
                        now,
                        now,
                        null,
                        null,
                        new Cause("test", "1"),
                        null,
                        null);
        return new Stepped.Going<>(new Message<>(envelope, event));
    }
}
