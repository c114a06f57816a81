/** What everyone likes now. */
@NullMarked
package io.farandole.gateway.popular;

import org.jspecify.annotations.NullMarked;
