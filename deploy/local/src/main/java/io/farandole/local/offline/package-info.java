/** Training, evaluating and recommending from files, with nothing running. */
@NullMarked
package io.farandole.local.offline;

import org.jspecify.annotations.NullMarked;
