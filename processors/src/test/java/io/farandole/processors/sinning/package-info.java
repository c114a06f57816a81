/** What the rules about folds forbid, where they look for it. */
@NullMarked
package io.farandole.processors.sinning;

import org.jspecify.annotations.NullMarked;
