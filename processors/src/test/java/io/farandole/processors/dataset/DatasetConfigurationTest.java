package io.farandole.processors.dataset;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where data sets are cut the archive is open; what would not work is refused at the start. */
class DatasetConfigurationTest {

    @Test
    void refusesToRunWithoutTheArchiveBeside() {
        assertThatThrownBy(
                        () ->
                                DatasetConfiguration.requireArchiveBeside(
                                        List.of("dataset", "training")))
                .hasMessageContaining(
                        "names dataset, which cuts data sets from the archive, but not archive");
    }

    @Test
    void runsBesideItOrNotAtAll() {
        for (List<String> chosen :
                List.of(List.<String>of(), List.of("dataset", "archive"), List.of("training"))) {
            assertThatCode(() -> DatasetConfiguration.requireArchiveBeside(chosen))
                    .doesNotThrowAnyException();
        }
    }
}
