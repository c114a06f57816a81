/**
 * What every system that counts by key and window is asked, and told by the same clock; needs
 * nothing but the JDK, for it is run beside other systems' libraries.
 */
@NullMarked
package io.farandole.benchmarks.counting;

import org.jspecify.annotations.NullMarked;
