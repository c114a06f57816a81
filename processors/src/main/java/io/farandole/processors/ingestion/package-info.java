/**
 * From the source ring to the internal one: refuses what cannot be, cleans what can, resolves
 * offers to items, and passes it on as activity and catalogue. Alone in reading what producers say.
 */
@NullMarked
package io.farandole.processors.ingestion;

import org.jspecify.annotations.NullMarked;
