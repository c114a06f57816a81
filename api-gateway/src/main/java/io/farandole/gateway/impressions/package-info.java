/** What was answered, told as events: beside the answers, never in their way. */
@NullMarked
package io.farandole.gateway.impressions;

import org.jspecify.annotations.NullMarked;
