/** Zones on the map, and in which of them a place is. */
@NullMarked
package io.farandole.gateway.zones;

import org.jspecify.annotations.NullMarked;
