/** Cuts what happened until now into a part to learn from and a later one to be judged by. */
@NullMarked
package io.farandole.processors.dataset;

import org.jspecify.annotations.NullMarked;
