/** When the service is ready: warmed, and with its database in reach. */
@NullMarked
package io.farandole.gateway.health;

import org.jspecify.annotations.NullMarked;
