/** Who answers: the reactive API on what the processors keep in Postgres, and a door for events. */
@NullMarked
package io.farandole.gateway;

import org.jspecify.annotations.NullMarked;
