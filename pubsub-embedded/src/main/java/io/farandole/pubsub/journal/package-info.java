/**
 * What was said, on disk: the append-only journal of the server, and a reader of it that needs no
 * server.
 */
@NullMarked
package io.farandole.pubsub.journal;

import org.jspecify.annotations.NullMarked;
