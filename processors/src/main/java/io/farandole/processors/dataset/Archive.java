package io.farandole.processors.dataset;

import io.farandole.recommenders.dataset.Interaction;
import java.sql.SQLException;
import java.util.List;

/** What users did with items, as far back as it is kept. */
interface Archive {

    /** All of it, as it is at one moment. */
    List<Interaction> interactions() throws SQLException;
}
