/**
 * Schemas, their revisions, and whether messages and new revisions fit them; knows nothing of
 * topics' messages or of the journal.
 */
@NullMarked
package io.farandole.pubsub.schema;

import org.jspecify.annotations.NullMarked;
