/** Rules for places in an app: what is shown there at all, what first, what as a trial. */
@NullMarked
package io.farandole.gateway.scenarios;

import org.jspecify.annotations.NullMarked;
