package io.farandole.recommenders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSpecTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ease:lambda=200",
                "ease:lambda=0.5,support=1",
                "item-knn:neighbours=100,shrink=10",
                "popularity:half-life=730d",
                "popularity:half-life=36h",
                "popularity:half-life=none",
                "auto",
                "ease:lambda=200,spread=0.5,users=0.5,tilt=0.2,neighbours=200",
                "graph:low=0,users=0.5,items=0.4",
                "graph:low=0.3,rank=512,sharpen=2.5",
                "ials:rank=64,lambda=0.003,alpha=0.1,iterations=8",
                "rp3beta:alpha=0.8,beta=0.4",
                "transitions:window=5",
                "turbo:power=0.7",
                "turbo:power=1,order=3,users=0.8,items=0.6",
                "blend + 1*ease:lambda=200 + 0.3*ials:rank=64,lambda=0.003,alpha=0.1",
                "blend:met=1,recency=8 + 0.6*ease:lambda=200 + 0.4*graph:low=0.3"
            })
    void givesItsTextBack(String text) {
        assertThat(ModelSpec.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ease                             | ease:lambda=200
                    ease:support=5,lambda=2e2        | ease:lambda=200
                    item-knn:shrink=5                | item-knn:neighbours=100,shrink=5
                    popularity:half-life=48h         | popularity:half-life=2d
                    blend + ease + 2*rp3beta         | blend + 1*ease:lambda=200 + 2*rp3beta:alpha=0.8,beta=0.4
                    """)
    void hasOneForm(String text, String canonical) {
        assertThat(ModelSpec.parse(text).text()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    svd                              | 'svd' is no model
                    ease:rank=3                      | ease has no parameter rank
                    ease:lambda                      | is not name=value
                    ease:lambda=many                 | is no number
                    ease:lambda=0                    | lambda 0.0 is not above 0
                    ease:lambda=1,lambda=2           | says lambda twice
                    ease:support=1.5                 | is no whole number
                    item-knn:neighbours=0            | neighbours 0 is not 1 or more
                    popularity:half-life=2           | such as 730d
                    popularity:half-life=0d          | half-life PT0S is not above 0
                    blend + 1*popularity             | cannot be blended
                    blend + ials + ials                | one is enough
                    ials:rank=0                      | rank 0 is not from 1 to 2048
                    graph:sharpen=9                  | sharpen 9.0 is not from 0 to 4
                    blend + many*ease                | begins with no weight
                    sum + 1*ease                     | does not begin with blend
                    """)
    void refusesWhatThereIsNot(String text, String reason) {
        assertThatThrownBy(() -> ModelSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
