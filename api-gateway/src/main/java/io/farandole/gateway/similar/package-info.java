/**
 * {@code GET /v1/offers/{id}/similar}: what is similar to an offer's item, in the release that is
 * served.
 */
@NullMarked
package io.farandole.gateway.similar;

import org.jspecify.annotations.NullMarked;
