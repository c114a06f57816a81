package io.farandole.orchestrator.verifying;

import java.util.HashMap;
import java.util.Map;

/** What the catalogue's rows should say: the last listing of each item and of each offer. */
final class RecomputingCatalogue {

    private final Map<String, JournaledEvent> lastByItem = new HashMap<>();
    private final Map<String, JournaledEvent> lastByOffer = new HashMap<>();
    private final ExpectedRows expected;

    RecomputingCatalogue(ExpectedRows expected) {
        this.expected = expected;
        expected.compare("catalogue.items", "title");
        expected.compare("catalogue.offers", "item", "priceCents");
        expected.compare("ingestion.offers", "item");
    }

    void accept(JournaledEvent event) {
        String item = event.text("item");
        String offer = event.text("offer");
        expected.row("catalogue.offers", offer);
        switch (event.kind()) {
            case "offerListed" -> {
                expected.row("catalogue.items", item);
                keep(lastByItem, item, event);
                keep(lastByOffer, offer, event);
            }
            case "offerWithdrawn" -> expected.row("catalogue.items", item);
            default -> {}
        }
    }

    void finish() {
        lastByItem.forEach(
                (item, event) ->
                        expected.row("catalogue.items", item).put("title", event.text("title")));
        lastByOffer.forEach(
                (offer, event) -> {
                    expected.row("catalogue.offers", offer).put("item", event.text("item"));
                    expected.row("catalogue.offers", offer)
                            .put("priceCents", event.text("priceCents"));
                    expected.row("ingestion.offers", offer).put("item", event.text("item"));
                });
    }

    private static void keep(Map<String, JournaledEvent> last, String key, JournaledEvent event) {
        last.merge(key, event, (old, young) -> young.hasTheLastWordOver(old) ? young : old);
    }
}
