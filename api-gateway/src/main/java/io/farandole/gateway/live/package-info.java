/** Who looks at a list that is open, and hearing that it has changed. */
@NullMarked
package io.farandole.gateway.live;

import org.jspecify.annotations.NullMarked;
