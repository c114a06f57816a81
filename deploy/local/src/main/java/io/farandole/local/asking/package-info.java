/** What the command asks the API over HTTP, as any client would. */
@NullMarked
package io.farandole.local.asking;

import org.jspecify.annotations.NullMarked;
