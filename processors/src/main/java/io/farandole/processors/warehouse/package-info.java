/** The warehouse: on a laptop a DuckDB file, in which every internal event lands once. */
@NullMarked
package io.farandole.processors.warehouse;

import org.jspecify.annotations.NullMarked;
