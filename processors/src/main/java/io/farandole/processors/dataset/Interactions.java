package io.farandole.processors.dataset;

import io.farandole.recommenders.dataset.Interaction;
import java.io.IOException;
import java.util.List;

/** What users did with items, as far back as it is kept. */
interface Interactions {

    /** All of it, as it is at one moment. */
    List<Interaction> all() throws IOException;
}
