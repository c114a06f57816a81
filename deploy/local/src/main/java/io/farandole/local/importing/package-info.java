/** A data set becomes events on the source topics, said through Google's Pub/Sub client. */
@NullMarked
package io.farandole.local.importing;

import org.jspecify.annotations.NullMarked;
