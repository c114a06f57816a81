/** Events followed to the lists that they change. */
@NullMarked
package io.farandole.benchmarks.following;

import org.jspecify.annotations.NullMarked;
