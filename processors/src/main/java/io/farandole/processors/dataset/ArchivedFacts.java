package io.farandole.processors.dataset;

import io.farandole.events.CatalogueEvent;
import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.events.CatalogueEvent.OfferWithdrawn;
import io.farandole.events.Decoded.Refused;
import io.farandole.events.Decoded.Understood;
import io.farandole.events.EventCodec;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.Raw;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.streams.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the archived catalogue tells of items: of each what its last listing said of kinds and in
 * its title. Of those that are offered no more, only what users have met is told.
 */
final class ArchivedFacts {

    private static final Logger log = LoggerFactory.getLogger(ArchivedFacts.class);

    private final EventCodec codec;
    private final Map<String, Listing> listings = new HashMap<>();
    private final Map<String, Map<String, Offering>> offers = new HashMap<>();

    ArchivedFacts(EventCodec codec) {
        this.codec = codec;
    }

    private record Listing(Told told, List<String> facts) {}

    /** Whether an offer was listed or withdrawn last. */
    private record Offering(Told told, boolean listed) {}

    void hear(Raw row) {
        switch (codec.decode(
                TopicCatalogue.CATALOGUE, row.attributes(), row.payload(), row.publishTime())) {
            case Understood<CatalogueEvent>(Message<CatalogueEvent> message, int _) ->
                    hear(message.event(), Told.by(message));
            case Refused<CatalogueEvent>(String reason, String place) ->
                    log.warn(
                            "Row {} of the archive is nothing of the catalogue: {} {}",
                            row.position(),
                            place,
                            reason);
        }
    }

    private void hear(CatalogueEvent event, Told by) {
        String item = event.item().value();
        if (event instanceof OfferListed listed) {
            Listing known = listings.get(item);
            if (by.isAfter(known == null ? null : known.told())) {
                listings.put(item, new Listing(by, facts(listed)));
            }
        }
        if (event instanceof OfferListed || event instanceof OfferWithdrawn) {
            offers.computeIfAbsent(item, _ -> new HashMap<>())
                    .merge(
                            event.offer().value(),
                            new Offering(by, event instanceof OfferListed),
                            (old, young) -> young.told().isAfter(old.told()) ? young : old);
        }
    }

    /**
     * What is known now.
     *
     * @param met items that users have met
     */
    ItemFacts known(Set<String> met) {
        SortedMap<String, List<String>> facts = new TreeMap<>();
        listings.forEach(
                (item, listing) -> {
                    if (met.contains(item) || isOffered(item)) {
                        facts.put(item, listing.facts());
                    }
                });
        return new ItemFacts(facts);
    }

    private boolean isOffered(String item) {
        return offers.getOrDefault(item, Map.of()).values().stream().anyMatch(Offering::listed);
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
