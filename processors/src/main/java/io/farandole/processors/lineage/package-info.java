/** Tells whoever keeps lineage what each step of a run was made from and made, as OpenLineage. */
@NullMarked
package io.farandole.processors.lineage;

import org.jspecify.annotations.NullMarked;
