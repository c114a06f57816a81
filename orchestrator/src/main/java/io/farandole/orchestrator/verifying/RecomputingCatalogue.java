package io.farandole.orchestrator.verifying;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the rows about items and offers should say: of each, all that was told, looked through for
 * what was told last.
 */
final class RecomputingCatalogue {

    private static final String LISTED = "offerListed";
    private static final String WITHDRAWN = "offerWithdrawn";
    private static final String STOCKED = "stockChanged";
    private static final String MODERATED = "offerModerated";

    private static final List<String> OF_OFFER =
            List.of("item", "title", "priceCents", "digital", "venue", "startsAt");
    private static final List<String> DETAILS =
            List.of(
                    "subcategory",
                    "searchGroup",
                    "duo",
                    "minimumAge",
                    "bookableUntil",
                    "latitude",
                    "longitude");

    private final Map<String, List<JournaledEvent>> byItem = new HashMap<>();
    private final Map<String, List<JournaledEvent>> byOffer = new HashMap<>();
    private final ExpectedRows expected;

    RecomputingCatalogue(ExpectedRows expected) {
        this.expected = expected;
        expected.compare("catalogue.items");
        expected.compare("catalogue.offers");
        expected.compare("ingestion.offers");
        expected.compare("personalisation.items");
    }

    void accept(JournaledEvent event) {
        byItem.computeIfAbsent(event.text("item"), _ -> new ArrayList<>(2)).add(event);
        byOffer.computeIfAbsent(event.text("offer"), _ -> new ArrayList<>(2)).add(event);
    }

    void finish() {
        byItem.forEach(this::item);
        byOffer.forEach(this::offer);
    }

    private void item(String item, List<JournaledEvent> told) {
        List<JournaledEvent> heard = appliedBy("catalogue", told);
        if (heard.stream().anyMatch(one -> is(LISTED, one) || is(WITHDRAWN, one))) {
            expected.row("catalogue.items", item, () -> catalogueItem(item, heard));
        }
        List<JournaledEvent> learnt = appliedBy("personalisation", told);
        if (!learnt.isEmpty()) {
            expected.row("personalisation.items", item, () -> recommendable(item, learnt));
        }
    }

    private void offer(String offer, List<JournaledEvent> told) {
        List<JournaledEvent> heard = appliedBy("catalogue", told);
        if (!heard.isEmpty()) {
            expected.row("catalogue.offers", offer, () -> catalogueOffer(offer, heard));
        }
        JournaledEvent listing = last(told, one -> is(LISTED, one));
        if (listing != null) {
            expected.row("ingestion.offers", offer, () -> known(listing));
        }
    }

    private static ObjectNode known(JournaledEvent listing) {
        return object().set("item", listing.body().path("item"))
                .set("title", listing.body().path("title"))
                .set("categories", categories(listing))
                .set("told", listing.told().says());
    }

    private static ObjectNode catalogueItem(String item, List<JournaledEvent> told) {
        JournaledEvent named = last(told, one -> is(LISTED, one));
        ArrayNode offers = JsonNodeFactory.instance.arrayNode();
        ArrayNode listings = JsonNodeFactory.instance.arrayNode();
        byOffer(told)
                .forEach(
                        (offer, its) -> {
                            Telling listed = told(LISTED, its);
                            Telling withdrawn = told(WITHDRAWN, its);
                            if (listed != null || withdrawn != null) {
                                if (isLive(listed, withdrawn)) {
                                    offers.add(offer);
                                }
                                listings.add(
                                        object().put("offer", offer)
                                                .set("listed", Telling.sayOf(listed))
                                                .set("withdrawn", Telling.sayOf(withdrawn)));
                            }
                        });
        return object().put("item", item)
                .set("title", member(named, "title"))
                .set("categories", categories(named))
                .set("told", Telling.sayOf(named == null ? null : named.told()))
                .set("offers", offers)
                .set("listings", listings);
    }

    private static ObjectNode recommendable(String item, List<JournaledEvent> told) {
        JournaledEvent named = last(told, one -> is(LISTED, one));
        ObjectNode offers = object();
        boolean any = false;
        for (Map.Entry<String, List<JournaledEvent>> offer : byOffer(told).entrySet()) {
            Telling listed = told(LISTED, offer.getValue());
            Telling withdrawn = told(WITHDRAWN, offer.getValue());
            JournaledEvent moderated = last(offer.getValue(), one -> is(MODERATED, one));
            if (listed != null || withdrawn != null || moderated != null) {
                boolean approved = isApproved(moderated);
                any |= approved && isLive(listed, withdrawn);
                offers.set(
                        offer.getKey(),
                        object().put("approved", approved)
                                .set("listed", Telling.sayOf(listed))
                                .set("withdrawn", Telling.sayOf(withdrawn))
                                .set("moderated", toldOf(moderated)));
            }
        }
        return object().put("item", item)
                .put("recommendable", any)
                .set("categories", categories(named))
                .set("told", toldOf(named))
                .set("offers", offers);
    }

    private static ObjectNode catalogueOffer(String offer, List<JournaledEvent> told) {
        JournaledEvent listed = last(told, one -> is(LISTED, one));
        JournaledEvent stocked = last(told, one -> is(LISTED, one) || is(STOCKED, one));
        JournaledEvent moderated = last(told, one -> is(MODERATED, one));
        ObjectNode withdrawals = object();
        Map<String, List<JournaledEvent>> items = new TreeMap<>();
        told.stream()
                .filter(one -> is(WITHDRAWN, one))
                .forEach(
                        one ->
                                items.computeIfAbsent(one.text("item"), _ -> new ArrayList<>())
                                        .add(one));
        items.forEach((item, its) -> withdrawals.set(item, Telling.sayOf(Telling.last(its))));
        ObjectNode says = object().put("offer", offer);
        OF_OFFER.forEach(field -> says.set(field, member(listed, field)));
        says.set("details", details(listed));
        says.set("listed", toldOf(listed));
        says.set("stock", member(stocked, "stock"));
        says.set("stocked", toldOf(stocked));
        says.put("approved", isApproved(moderated));
        says.set("reason", member(moderated, "reason"));
        says.set("moderated", toldOf(moderated));
        says.put("withdrawn", listed != null && isWithdrawn(listed, items));
        says.set("withdrawals", withdrawals);
        return says;
    }

    private static boolean isWithdrawn(
            JournaledEvent listed, Map<String, List<JournaledEvent>> withdrawals) {
        Telling left = Telling.last(withdrawals.getOrDefault(listed.text("item"), List.of()));
        return left != null && left.compareTo(listed.told()) > 0;
    }

    /** Null where nothing of it is said. */
    private static @Nullable ObjectNode details(@Nullable JournaledEvent listed) {
        ObjectNode details = object();
        DETAILS.forEach(
                field -> {
                    JsonNode says = member(listed, field);
                    if (says != null && !says.isMissingNode() && !says.isNull()) {
                        details.set(field, says);
                    }
                });
        return details.isEmpty() ? null : details;
    }

    private static boolean isLive(@Nullable Telling listed, @Nullable Telling withdrawn) {
        return listed != null && (withdrawn == null || listed.compareTo(withdrawn) >= 0);
    }

    private static boolean isApproved(@Nullable JournaledEvent moderated) {
        return moderated == null || moderated.body().path("approved").asBoolean();
    }

    private static JsonNode categories(@Nullable JournaledEvent named) {
        JsonNode says = member(named, "categories");
        return says.isArray() ? says : JsonNodeFactory.instance.arrayNode();
    }

    private static JsonNode member(@Nullable JournaledEvent event, String field) {
        return event == null ? MissingNode.getInstance() : event.body().path(field);
    }

    private static @Nullable ArrayNode toldOf(@Nullable JournaledEvent event) {
        return event == null ? null : event.told().says();
    }

    private static Map<String, List<JournaledEvent>> byOffer(Collection<JournaledEvent> events) {
        Map<String, List<JournaledEvent>> offers = new TreeMap<>();
        events.forEach(
                one -> offers.computeIfAbsent(one.text("offer"), _ -> new ArrayList<>()).add(one));
        return offers;
    }

    private static @Nullable Telling told(String kind, List<JournaledEvent> events) {
        return Telling.last(events.stream().filter(one -> is(kind, one)).toList());
    }

    private static @Nullable JournaledEvent last(
            List<JournaledEvent> events, Predicate<JournaledEvent> which) {
        JournaledEvent last = null;
        for (JournaledEvent one : events) {
            if (which.test(one) && (last == null || one.told().compareTo(last.told()) > 0)) {
                last = one;
            }
        }
        return last;
    }

    private static List<JournaledEvent> appliedBy(String processor, List<JournaledEvent> events) {
        return events.stream().allMatch(one -> one.isAppliedBy(processor))
                ? events
                : events.stream().filter(one -> one.isAppliedBy(processor)).toList();
    }

    private static boolean is(String kind, JournaledEvent event) {
        return event.kind().equals(kind);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
