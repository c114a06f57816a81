package io.farandole.processors.ingestion;

import io.farandole.events.Event;
import io.farandole.events.Kind;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.UserEvent;
import io.farandole.streams.Stepped;
import java.text.Normalizer;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The step that writes texts in one way: composed (NFC), with single spaces and none around, each
 * category once. Ids stay as they are: others know them so.
 */
final class Cleaning implements Function<Stepped<Event>, Stepped<Event>> {

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    @Override
    public Stepped<Event> apply(Stepped<Event> stepped) {
        return switch (stepped) {
            case Stepped.Refused<Event> refused -> refused;
            case Stepped.Going<Event>(Message<Event> message) -> clean(message);
        };
    }

    private static Stepped<Event> clean(Message<Event> message) {
        try {
            return new Stepped.Going<>(new Message<>(message.envelope(), clean(message.event())));
        } catch (IllegalArgumentException e) {
            // A title of invisible characters only is nothing any more, and has been a title
            // before.
            return new Stepped.Refused<>(
                    "when cleaned, " + e.getMessage(),
                    "$." + Kind.nameOf(message.event().getClass()));
        }
    }

    private static Event clean(Event event) {
        return switch (event) {
            case OfferEvent.Published o ->
                    new OfferEvent.Published(
                            o.offer(),
                            o.product(),
                            text(o.title()),
                            categories(o.categories()),
                            o.priceCents(),
                            o.digital(),
                            o.stock(),
                            o.venue(),
                            o.startsAt(),
                            nullable(o.subcategory()),
                            nullable(o.searchGroup()),
                            o.duo(),
                            o.minimumAge(),
                            o.bookableUntil(),
                            o.latitude(),
                            o.longitude());
            case OfferEvent.Changed o ->
                    new OfferEvent.Changed(
                            o.offer(),
                            o.product(),
                            text(o.title()),
                            categories(o.categories()),
                            o.priceCents(),
                            o.digital(),
                            o.stock(),
                            o.venue(),
                            o.startsAt(),
                            nullable(o.subcategory()),
                            nullable(o.searchGroup()),
                            o.duo(),
                            o.minimumAge(),
                            o.bookableUntil(),
                            o.latitude(),
                            o.longitude());
            case OfferEvent.Moderated m ->
                    new OfferEvent.Moderated(m.offer(), m.approved(), nullable(m.reason()));
            case UserEvent.OnboardingAnswered a ->
                    new UserEvent.OnboardingAnswered(a.user(), categories(a.categories()));
            default -> event;
        };
    }

    private static List<String> categories(List<String> categories) {
        return categories.stream()
                .map(Cleaning::text)
                .filter(category -> !category.isEmpty())
                .distinct()
                .toList();
    }

    private static @Nullable String nullable(@Nullable String said) {
        String text = said == null ? "" : text(said);
        return text.isEmpty() ? null : text;
    }

    private static String text(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return SPACES.matcher(composed).replaceAll(" ").strip();
    }
}
