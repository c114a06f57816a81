/**
 * {@code POST /v1/events}: CloudEvents come in over HTTP, each is screened by itself, and the good
 * ones are published; the answer waits until the broker has acknowledged.
 */
@NullMarked
package io.farandole.gateway.events;

import org.jspecify.annotations.NullMarked;
