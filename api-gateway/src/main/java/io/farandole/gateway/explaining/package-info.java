/** How an answer came about, for whoever wants to know all that is known of that. */
@NullMarked
package io.farandole.gateway.explaining;

import org.jspecify.annotations.NullMarked;
