/** A whole installation for tests: Postgres, Pub/Sub, and a processor that counts. */
@NullMarked
package io.farandole.streams.installation;

import org.jspecify.annotations.NullMarked;
