package io.farandole.processors.dataset;

import io.farandole.events.CatalogueEvent;
import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.events.Decoded.Refused;
import io.farandole.events.Decoded.Understood;
import io.farandole.events.EventCodec;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.Archive;
import io.farandole.processors.archive.Raw;
import io.farandole.processors.archive.Selection;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.streams.Told;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the archived catalogue tells of items: of each what its last listing said of kinds and in
 * its title, withdrawn ones too, for users have met those.
 */
final class ArchivedFacts {

    private static final Logger log = LoggerFactory.getLogger(ArchivedFacts.class);

    private final EventCodec codec;

    ArchivedFacts(EventCodec codec) {
        this.codec = codec;
    }

    private record Listing(Told told, List<String> facts) {}

    ItemFacts read(Archive archive) throws IOException {
        Map<String, Listing> listings = new HashMap<>();
        long _ = archive.read(Selection.of(TopicCatalogue.CATALOGUE), row -> hear(row, listings));
        SortedMap<String, List<String>> facts = new TreeMap<>();
        listings.forEach((item, listing) -> facts.put(item, listing.facts()));
        return new ItemFacts(facts);
    }

    private void hear(Raw row, Map<String, Listing> listings) {
        switch (codec.decode(
                TopicCatalogue.CATALOGUE, row.attributes(), row.payload(), row.publishTime())) {
            case Understood<CatalogueEvent>(Message<CatalogueEvent> message, int _) -> {
                if (message.event() instanceof OfferListed listed) {
                    Told by = Told.by(message);
                    Listing known = listings.get(listed.item().value());
                    if (by.isAfter(known == null ? null : known.told())) {
                        listings.put(listed.item().value(), new Listing(by, facts(listed)));
                    }
                }
            }
            case Refused<CatalogueEvent>(String reason, String place) ->
                    log.warn(
                            "Row {} of the archive is nothing of the catalogue: {} {}",
                            row.position(),
                            place,
                            reason);
        }
    }

    private static List<String> facts(OfferListed listed) {
        List<String> facts = new ArrayList<>();
        listed.categories().forEach(category -> facts.add(ItemFacts.tag("category", category)));
        add(facts, "subcategory", listed.subcategory());
        add(facts, "group", listed.searchGroup());
        facts.addAll(ItemFacts.words("title", listed.title()));
        return List.copyOf(facts);
    }

    private static void add(List<String> facts, String column, @Nullable String value) {
        if (value != null) {
            facts.add(ItemFacts.tag(column, value));
        }
    }
}
