/** What is known of offers, kept at hand: what rules and wishes are decided by. */
@NullMarked
package io.farandole.gateway.offers;

import org.jspecify.annotations.NullMarked;
