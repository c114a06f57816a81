package io.farandole.processors.evaluation;

import java.sql.SQLException;
import java.util.Optional;

/** The model that a candidate would take the place of. */
@FunctionalInterface
interface Incumbent {

    /** Its key; nothing before the first release. */
    Optional<String> model() throws SQLException;
}
