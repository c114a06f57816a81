/** Asks for lists to be computed anew, as an event a user: nobody is told to do it at once. */
@NullMarked
package io.farandole.orchestrator.refreshing;

import org.jspecify.annotations.NullMarked;
