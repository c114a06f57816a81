/** Push: a subscription's messages are posted to a URL on this machine. */
@NullMarked
package io.farandole.pubsub.push;

import org.jspecify.annotations.NullMarked;
