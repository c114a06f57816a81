/** The way to the broker, for all who publish. */
@NullMarked
package io.farandole.gateway.publishing;

import org.jspecify.annotations.NullMarked;
