/** The server's time: the machine's, or a test's that stands still until it is told to advance. */
@NullMarked
package io.farandole.pubsub.time;

import org.jspecify.annotations.NullMarked;
