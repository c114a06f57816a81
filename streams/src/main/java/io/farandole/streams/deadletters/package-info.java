/** What operators see of messages that were put aside, and how they have them tried again. */
@NullMarked
package io.farandole.streams.deadletters;

import org.jspecify.annotations.NullMarked;
