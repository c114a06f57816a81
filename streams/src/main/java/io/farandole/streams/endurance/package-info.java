/** What keeps long work going, and says in a line why it does not go on. */
@NullMarked
package io.farandole.streams.endurance;

import org.jspecify.annotations.NullMarked;
