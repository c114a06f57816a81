/**
 * Who may be shown which offer, and in what order: rules with a name each, and what a request
 * wishes, whatever address it came to.
 */
@NullMarked
package io.farandole.gateway.eligibility;

import org.jspecify.annotations.NullMarked;
