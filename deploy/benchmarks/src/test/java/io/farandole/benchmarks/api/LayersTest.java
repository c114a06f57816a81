package io.farandole.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayersTest {

    @Test
    void aSampleCountsForTheFirstLayerFromTheTop() {
        assertThat(
                        Layers.layerOf(
                                List.of(
                                        "java.util.HashMap.getNode",
                                        "tools.jackson.core.sym.ByteQuadsCanonicalizer.findName",
                                        "io.farandole.gateway.playlists.ReadingUsers.known",
                                        "reactor.core.publisher.FluxMap.onNext")))
                .isEqualTo("JSON");
    }

    @Test
    void whatReadsAllOffersCountsForThatWhateverItDoesThere() {
        assertThat(
                        Layers.layerOf(
                                List.of(
                                        "tools.jackson.core.json.ReaderBasedJsonParser.nextToken",
                                        "io.farandole.gateway.offers.OfferRow.facts",
                                        "io.farandole.gateway.offers.Offers.lambda$read$3")))
                .isEqualTo("reading all offers again");
    }

    @Test
    void whatIsOfNoLayerIsOther() {
        assertThat(Layers.layerOf(List.of("java.lang.Thread.run"))).isEqualTo("other");
    }
}
