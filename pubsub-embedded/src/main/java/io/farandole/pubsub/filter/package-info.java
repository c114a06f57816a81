/** Pub/Sub's language of filters: which messages a subscription wants, by their attributes. */
@NullMarked
package io.farandole.pubsub.filter;

import org.jspecify.annotations.NullMarked;
