/** A call's id, and what is written down about a call: never whom it was about. */
@NullMarked
package io.farandole.gateway.calls;

import org.jspecify.annotations.NullMarked;
